//! Regions of a page that stand around the article: which of them are, and which only look so.
//!
//! Markup says where navigation, footers and the like are, but pages also wrap everything in a form, or put
//! the article into something called a widget. So each region is weighed once the page is read: what holds
//! most of the page's running text is the page, whatever it is called, and where only a name or a doubtful
//! element speaks for it, a region with long text outside links is kept. Linear in blocks and regions.

/// How sure the markup is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Evidence {
    /// `nav`, a landmark role, a footer of the page.
    Element,
    /// A class or id, or an element that articles use, too.
    Name,
}

/// A region of the page.
#[derive(Debug, Clone)]
pub(super) struct Region {
    pub(super) parent: Option<u32>,
    pub(super) evidence: Evidence,
    /// Whether headings in it that are no links belong to the article (`header`).
    pub(super) keeps_headings: bool,
    /// Visible characters in it, and those of them that stand in links.
    chars: usize,
    linked: usize,
}

impl Region {
    pub(super) fn new(parent: Option<u32>, evidence: Evidence, keeps_headings: bool) -> Self {
        Region { parent, evidence, keeps_headings, chars: 0, linked: 0 }
    }

    pub(super) fn add(&mut self, chars: usize, linked: usize) {
        self.chars += chars;
        self.linked += linked;
    }
}

/// Share of links from which text is a list of links.
const LINKS: f32 = 0.4;
/// Characters of running text from which a region that is only called so holds a text of its own: about two
/// sentences of English.
const TEXT: usize = 240;

/// For each region, whether what stands in it stands around the article.
pub(super) fn around(mut regions: Vec<Region>, page_chars: usize, page_linked: usize) -> Vec<bool> {
    // A region's number is higher than its parent's, so going backwards adds up from the inside.
    for at in (0..regions.len()).rev() {
        let (chars, linked) = (regions[at].chars, regions[at].linked);
        if let Some(parent) = regions[at].parent {
            regions[parent as usize].add(chars, linked);
        }
    }
    let page = page_chars.saturating_sub(page_linked);
    let mut around: Vec<bool> = Vec::with_capacity(regions.len());
    for region in &regions {
        let inherited = region.parent.is_some_and(|parent| around[parent as usize]);
        let running = region.chars.saturating_sub(region.linked);
        let is_page = running * 2 > page;
        let links = region.chars > 0 && region.linked as f32 >= LINKS * region.chars as f32;
        let slight = links || running < TEXT;
        around.push(inherited || !is_page && (region.evidence == Evidence::Element || slight));
    }
    around
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(parent: Option<u32>, evidence: Evidence, chars: usize, linked: usize) -> Region {
        let mut region = Region::new(parent, evidence, false);
        region.add(chars, linked);
        region
    }

    #[test]
    fn the_page_is_not_around_itself() {
        let regions = vec![
            region(None, Evidence::Name, 2000, 10),
            region(Some(0), Evidence::Element, 100, 100),
            region(None, Evidence::Name, 100, 10),
            region(None, Evidence::Name, 600, 10),
        ];
        assert_eq!(around(regions, 3000, 200), [false, true, true, false]);
    }
}
