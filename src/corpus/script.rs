//! Which script a Chinese text is written in, for language codes: `zh-Hans` or `zh-Hant`.
//!
//! The characters are a list by hand, although the lexicon knows more of them: the answer must not depend on a
//! cargo feature, and the list holds what the lexicon does not say, which simplified forms traditional text has too.

use std::sync::OnceLock;

/// Frequent characters that were simplified, each followed by its traditional form. Those whose simplified form
/// is as common in traditional text (后, 里, 只, 干, 面) are not here.
const FORMS: &str = "们們这這来來时時说說对對会會过過个個为為国國学學开開发發见見无無经經头頭动動长長从從现現\
样樣问問进進还還没沒几幾话話间間东東关關门門车車点點实實电電书書让讓听聽觉覺应應气氣认認谁誰难難爱愛吗嗎单單\
场場战戰万萬远遠声聲业業马馬亲親处處带帶记記体體师師写寫满滿边邊传傳许許论論题題张張华華语語员員区區\
当當变變种種报報务務产產条條济濟机機权權设設则則数數风風热熱义義议議队隊图圖历歷标標节節农農选選总總团團组組\
决決观觀军軍极極达達运運际際结結两兩儿兒妈媽钱錢买買卖賣红紅绿綠饭飯馆館鸟鳥鱼魚龙龍云雲飞飛离離岁歲旧舊";

/// The code of the script that most telling characters of the texts are written in; `None` where there is no
/// telling character or as many of both. Linear in the length of the texts.
pub(super) fn script_code<'a>(texts: impl Iterator<Item = &'a str>) -> Option<&'static str> {
    let (mut simplified, mut traditional) = (0_usize, 0_usize);
    let forms = forms();
    for c in texts.flat_map(str::chars).filter(|c| !c.is_ascii()) {
        if let Ok(k) = forms.binary_search_by_key(&c, |form| form.0) {
            if forms[k].1 { traditional += 1 } else { simplified += 1 }
        }
    }
    match simplified.cmp(&traditional) {
        std::cmp::Ordering::Greater => Some("zh-Hans"),
        std::cmp::Ordering::Less => Some("zh-Hant"),
        std::cmp::Ordering::Equal => None,
    }
}

/// The telling characters in order, each with whether it is traditional.
fn forms() -> &'static [(char, bool)] {
    static SORTED: OnceLock<Vec<(char, bool)>> = OnceLock::new();
    SORTED.get_or_init(|| {
        let mut forms: Vec<_> = FORMS.chars().zip([false, true].into_iter().cycle()).collect();
        forms.sort_unstable();
        forms
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts() {
        let code = |text| script_code([text].into_iter());
        assert_eq!(code("图书馆在旧城的东门边上。"), Some("zh-Hans"));
        assert_eq!(code("圖書館在舊城的東門邊上。"), Some("zh-Hant"));
        assert_eq!(code("山高水深。"), None);
        assert_eq!(code(""), None);
    }

    #[test]
    fn forms_come_in_twos_and_differ() {
        let forms: Vec<char> = FORMS.chars().collect();
        assert_eq!(forms.len() % 2, 0);
        let simplified: Vec<char> = forms.iter().copied().step_by(2).collect();
        let traditional: Vec<char> = forms.iter().copied().skip(1).step_by(2).collect();
        assert!(simplified.iter().all(|c| !traditional.contains(c)));
    }
}
