//! The bundled fonts, and which characters they can draw.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// The faces that every PDF is set in, read once.
pub static FONTS: LazyLock<Fonts> = LazyLock::new(Fonts::bundled);

/// Fonts, and the book by which Typst chooses among them.
pub struct Fonts {
    pub book: LazyHash<FontBook>,
    pub fonts: Vec<Font>,
    /// What the first font has in its `cmap`, and what all have together; both sorted.
    text_face: Vec<u32>,
    all: Vec<u32>,
}

impl Fonts {
    /// The text face first: four of Noto Sans, then what it lacks and the typewriter face from DejaVu.
    fn bundled() -> Fonts {
        let files: [&'static [u8]; 7] = [
            notosans::REGULAR_TTF,
            notosans::BOLD_TTF,
            notosans::ITALIC_TTF,
            notosans::BOLD_ITALIC_TTF,
            dejavu::sans::regular(),
            dejavu::sans::bold(),
            dejavu::sans_mono::regular(),
        ];
        let fonts: Vec<Font> = files.into_iter().filter_map(|bytes| Font::new(Bytes::new(bytes), 0)).collect();
        let mut all: Vec<u32> = fonts.iter().flat_map(|font| font.info().coverage.iter()).collect();
        all.sort_unstable();
        all.dedup();
        let text_face = fonts.first().map(|font| font.info().coverage.iter().collect()).unwrap_or_default();
        Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts, text_face, all }
    }

    fn has(&self, character: char) -> bool {
        self.all.binary_search(&u32::from(character)).is_ok()
    }

    fn text_face_has(&self, character: char) -> bool {
        self.text_face.binary_search(&u32::from(character)).is_ok()
    }
}

/// Which characters can be drawn: what the fonts have, less what turned out to come out blank.
#[derive(Debug, Default)]
pub struct Drawable {
    refused: BTreeSet<char>,
    /// Charts get nothing but the text face's own characters.
    pub plain_charts: bool,
    text_face_only: bool,
}

impl Drawable {
    /// From now on these count as undrawable.
    pub fn refuse(&mut self, characters: BTreeSet<char>) {
        self.refused.extend(characters);
    }

    /// From now on only what the regular text face has counts as drawable, and nothing that joins or marks.
    pub fn text_face_only(&mut self) {
        self.text_face_only = true;
    }

    /// Whether the character can be put on a chart, whose markup has line ends.
    pub fn has_in_chart(&self, character: char) -> bool {
        if self.plain_charts { is_plain(character) } else { self.has(character) }
    }

    /// Whether the character can be put on a page. Those that only steer the layout can, being invisible.
    pub fn has(&self, character: char) -> bool {
        if self.text_face_only {
            return is_plain(character);
        }
        let never = character.is_control() || is_private(character) || self.refused.contains(&character);
        !never && (is_steering(character) || FONTS.has(character))
    }
}

/// Whether it is a letter, a figure or a common sign that the regular text face has.
fn is_plain(character: char) -> bool {
    let common = character.is_alphanumeric() || character.is_ascii() || is_punctuation(character);
    common && !character.is_control() && FONTS.text_face_has(character)
}

/// Joiners, break opportunities, variation selectors and the bidirectional controls.
fn is_steering(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FE00}'..='\u{FE0F}')
}

/// General punctuation, such as dashes and quotation marks, and U+FFFD itself.
fn is_punctuation(character: char) -> bool {
    matches!(character, '\u{A0}'..='\u{BF}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{FFFD}')
}

/// Areas without a meaning of their own, which PDF/UA-1 takes badly, and the byte-order mark.
fn is_private(character: char) -> bool {
    matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'.. | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_fonts_are_read() {
        assert_eq!(FONTS.fonts.len(), 7);
        assert_eq!(FONTS.fonts[0].info().family, "Noto Sans");
    }

    #[test]
    fn what_the_fonts_have_is_drawable() {
        let drawable = Drawable::default();
        for c in ['a', 'é', 'Ж', 'λ', '→', '✓', '☐', '…', '\u{FFFD}', '\u{200B}', 'ش'] {
            assert!(drawable.has(c), "{c}");
        }
    }

    #[test]
    fn what_no_font_has_is_not() {
        let drawable = Drawable::default();
        for c in ['🎉', '中', '\u{1b}', '\u{0}', '\u{7f}', '\u{85}', '\u{E000}', '\u{FEFF}', '\u{E0041}'] {
            assert!(!drawable.has(c), "{c:?}");
        }
    }

    #[test]
    fn a_refused_character_is_not_drawable() {
        let mut drawable = Drawable::default();
        drawable.refuse(['é'].into());
        assert!(!drawable.has('é'));
        drawable.text_face_only();
        assert!(drawable.has('a') && drawable.has('\u{FFFD}') && !drawable.has('\u{301}'));
    }
}
