//! Markdown's events → the tree of a rich text.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::tree::{Block, Inline, inlines_text, printable};

/// A text that has more marked-up pieces is shown as it is written. What reading and showing a piece takes is a hundred
/// times what writing it does.
const MOST_PIECES: usize = 5_000;

/// Lists, quotes and emphasis nested deeper than this are flattened, so that no renderer needs more.
pub(super) const DEEPEST: usize = 12;

/// The tree of a text; `None` if it has more pieces than are rendered.
pub(super) fn read(clean: &str) -> Option<Vec<Block>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut builder = Builder { frames: vec![Frame::new(None)] };
    for (count, event) in Parser::new_ext(clean, options).enumerate() {
        if count > MOST_PIECES {
            return None;
        }
        builder.take(event);
    }
    Some(builder.finish())
}

/// What is open at one depth while the events come in.
#[derive(Default)]
struct Frame<'a> {
    tag: Option<Tag<'a>>,
    blocks: Vec<Block>,
    inlines: Vec<Inline>,
    items: Vec<Vec<Block>>,
    head: Vec<Vec<Inline>>,
    rows: Vec<Vec<Vec<Inline>>>,
    cells: Vec<Vec<Inline>>,
}

impl<'a> Frame<'a> {
    fn new(tag: Option<Tag<'a>>) -> Self {
        Frame { tag, ..Frame::default() }
    }

    /// Loose lines become a paragraph of their own: a tight list's item has no paragraph tag.
    fn settle(&mut self) {
        if !self.inlines.is_empty() {
            let content = std::mem::take(&mut self.inlines);
            self.blocks.push(Block::Paragraph { content });
        }
    }
}

struct Builder<'a> {
    frames: Vec<Frame<'a>>,
}

impl<'a> Builder<'a> {
    fn take(&mut self, event: Event<'a>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(end) => self.close(end),
            // Markdown can write any character by its number (`&#27;`), so characters are checked again.
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&printable(&text)),
            Event::Code(text) => self.inline(Inline::Code { text: printable(&text) }),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.inline(Inline::Break),
            Event::Rule => self.block(Block::Rule),
            // Not switched on; were they, they would be text.
            Event::FootnoteReference(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::TaskListMarker(_) => {}
        }
    }

    fn top(&mut self) -> &mut Frame<'a> {
        // The first frame is never closed, so there always is one.
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn open(&mut self, tag: Tag<'a>) {
        if matches!(tag, Tag::Paragraph | Tag::List(_) | Tag::BlockQuote(_) | Tag::CodeBlock(_) | Tag::Table(_)) {
            self.top().settle();
        }
        self.frames.push(Frame::new(Some(tag)));
    }

    fn text(&mut self, text: &str) {
        if let Some(Inline::Text { text: last }) = self.top().inlines.last_mut() {
            last.push_str(text);
        } else {
            self.inline(Inline::Text { text: text.to_owned() });
        }
    }

    fn inline(&mut self, inline: Inline) {
        self.top().inlines.push(inline);
    }

    fn block(&mut self, block: Block) {
        self.top().settle();
        self.top().blocks.push(block);
    }

    fn close(&mut self, _end: TagEnd) {
        if self.frames.len() < 2 {
            return;
        }
        let Some(mut frame) = self.frames.pop() else { return };
        let deep = self.frames.len() > DEEPEST;
        let Some(tag) = frame.tag.take() else { return };
        match tag {
            Tag::Paragraph => {
                let content = frame.inlines;
                self.top().blocks.push(Block::Paragraph { content });
            }
            Tag::Heading { level, .. } => {
                let content = frame.inlines;
                self.block(Block::Heading { level: level_number(level), content });
            }
            Tag::Strong | Tag::Emphasis | Tag::Strikethrough if deep => self.top().inlines.append(&mut frame.inlines),
            Tag::Strong => self.inline(Inline::Strong { content: frame.inlines }),
            Tag::Emphasis => self.inline(Inline::Emphasis { content: frame.inlines }),
            Tag::Strikethrough => self.inline(Inline::Strike { content: frame.inlines }),
            Tag::Link { .. } | Tag::Image { .. } if deep && !frame.inlines.is_empty() => {
                self.top().inlines.append(&mut frame.inlines);
            }
            Tag::Link { dest_url, .. } => self.link(&dest_url, frame.inlines),
            Tag::Image { dest_url, .. } => {
                if frame.inlines.is_empty() {
                    frame.inlines.push(Inline::Text { text: printable(&dest_url) });
                }
                self.link(&dest_url, frame.inlines);
            }
            Tag::CodeBlock(_) => {
                let mut text = String::new();
                inlines_text(&frame.inlines, &mut text);
                self.block(Block::Code { text });
            }
            Tag::Item => {
                frame.settle();
                self.top().items.push(frame.blocks);
            }
            Tag::List(_) if deep => {
                let flat = frame.items.into_iter().flatten();
                self.top().blocks.extend(flat);
            }
            Tag::List(start) => self.block(Block::List { start, items: frame.items }),
            Tag::BlockQuote(_) if deep => {
                frame.settle();
                self.top().blocks.append(&mut frame.blocks);
            }
            Tag::BlockQuote(_) => {
                frame.settle();
                self.block(Block::Quote { blocks: frame.blocks });
            }
            Tag::TableCell => self.top().cells.push(frame.inlines),
            Tag::TableHead => self.top().head = frame.cells,
            Tag::TableRow => self.top().rows.push(frame.cells),
            Tag::Table(_) => self.block(Block::Table { head: frame.head, rows: frame.rows }),
            // An HTML block, or what is not switched on: its text stays.
            _ => {
                frame.settle();
                self.top().settle();
                self.top().blocks.append(&mut frame.blocks);
            }
        }
    }

    fn link(&mut self, href: &str, content: Vec<Inline>) {
        if is_safe_target(href) {
            self.inline(Inline::Link { href: printable(href), content });
        } else {
            self.top().inlines.extend(content);
        }
    }

    fn finish(mut self) -> Vec<Block> {
        while self.frames.len() > 1 {
            self.close(TagEnd::Paragraph);
        }
        self.top().settle();
        std::mem::take(&mut self.top().blocks)
    }
}

/// Whether a link may go there.
fn is_safe_target(href: &str) -> bool {
    let scheme = href.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https" | "mailto"))
}

fn level_number(level: HeadingLevel) -> u8 {
    level as u8
}
