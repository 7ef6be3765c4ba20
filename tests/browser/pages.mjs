// Which pages are opened: of every kind one or two, of every project.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const kinds = { tickets: "ticket", changes: "change", pocs: "poc", subjects: "subject", answers: "subject-answers" };

/** The pages of a built site: kind and path. Throws where a kind is missing that the project has to have. */
export function pagesOf(site, project) {
  const pages = ["index", "tickets", "changes", "pocs", "subjects", "answers", "check", "rules"].map((kind) => ({ kind, path: join(site, `${kind}.html`) }));
  for (const [folder, kind] of Object.entries(kinds)) {
    const largest = bySize(join(site, folder)).at(-1);
    if (largest) { pages.push({ kind, path: largest }); }
    else if (project !== "empty") { throw new Error(`${project}: no page of a ${kind}`); }
  }
  for (const kind of ["weekly", "monthly"]) {
    const latest = inside(join(site, kind)).sort().at(-1);
    pages.push({ kind, path: join(latest, "index.html") }, { kind: `${kind}-alone`, path: join(site, `alone-${kind}.html`) });
  }
  if (project !== "empty") { pages.push({ kind: "document", path: join(site, "alone-cr.html") }); }
  for (const page of pages) {
    if (!existsSync(page.path)) { throw new Error(`${project}: there is no ${page.path}`); }
    page.project = project;
    page.name = `${project}/${page.kind}`;
  }
  return pages;
}

function inside(folder) {
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
}

function bySize(folder) {
  return inside(folder).filter((path) => path.endsWith(".html")).sort((a, b) => statSync(a).size - statSync(b).size);
}
