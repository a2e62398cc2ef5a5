//! Tests of the lexicon as a whole, over a small dictionary of our own writing.

use super::*;
use crate::error::ErrorKind;
use proptest::prelude::*;

const SAMPLE: &str = "\
# A small dictionary in the form of CC-CEDICT
#! date=2026-02-03T04:05:06Z
圖 图 [tu2] /picture; drawing/CL:張|张[zhang1]/
圖書 图书 [tu2 shu1] /books (in a library)/
圖書館 图书馆 [tu2 shu1 guan3] /library/CL:家[jia1]/
書 书 [shu1] /book/letter/
員 员 [yuan2] /member/
館 馆 [guan3] /building; shop/
發 发 [fa1] /to send out/
髮 发 [fa4] /hair/
圖書舘 图书舘 [tu2 shu1 guan3] /variant of 圖書館|图书馆[tu2 shu1 guan3]/
卡拉OK 卡拉OK [ka3 la1 O K] /karaoke/
T恤 T恤 [T xu4] /T-shirt/
呂 吕 [Lu:3] /surname Lü/
寫 写 [xie3] /to write/
寫信 写信 [xie3 xin4] /to write a letter/
";

fn bytes() -> Vec<u8> {
    build(SAMPLE.as_bytes()).unwrap()
}

fn sample() -> Lexicon {
    Lexicon::load(bytes()).unwrap()
}

fn stems(lexicon: &Lexicon, chinese: &str) -> Vec<(String, f32)> {
    let word = lexicon.word(chinese).unwrap();
    lexicon.translations(word).map(|(stem, weight)| (lexicon.stem_text(stem).to_owned(), weight)).collect()
}

fn names(stems: &[(String, f32)]) -> Vec<&str> {
    stems.iter().map(|(stem, _)| stem.as_str()).collect()
}

fn tokens(lexicon: &Lexicon, text: &str) -> Vec<String> {
    let mut out = Vec::new();
    Tokenizer::new(lexicon.clone()).chinese(text, |token| out.push(token.text.to_owned()));
    out
}

#[test]
fn taken_apart_and_written_again_it_is_the_same() {
    let again = |table: &Table| parts::Parts::read(table).write().unwrap();
    assert!(again(&sample().table) == bytes());
    assert!(Lexicon::load(again(&Table::empty())).unwrap().word("图").is_none());
    #[cfg(feature = "lexicon")]
    {
        let table = Lexicon::embedded().table;
        assert!(again(&table) == table.all());
    }
}

#[test]
fn longest_match_wins() {
    let lexicon = sample();
    let cases = [
        ("图书馆里", Some("图书馆")),
        ("圖書館裡", Some("圖書館")),
        ("图书在", Some("图书")),
        ("卡拉ok厅", Some("卡拉ok")),
        ("卡拉ＯＫ", Some("卡拉ＯＫ")),
        ("卡拉", None),
        ("馆图", Some("馆")),
        ("library", None),
        ("", None),
    ];
    for (text, expected) in cases {
        assert_eq!(lexicon.longest_match(text).map(|(len, _)| &text[..len]), expected, "{text}");
    }
}

#[test]
fn forms_with_the_same_entries_are_one_word() {
    let lexicon = sample();
    assert_eq!(lexicon.word("图书馆"), lexicon.word("圖書館"));
    assert_ne!(lexicon.word("發"), lexicon.word("发"));
    assert_eq!(names(&stems(&lexicon, "發")), ["out", "send"]);
    assert_eq!(names(&stems(&lexicon, "发")), ["hair", "out", "send"]);
}

#[test]
fn weights_share_each_gloss_out_and_sum_to_one() {
    let lexicon = sample();
    let weights = stems(&lexicon, "发");
    assert!((weights[0].1 - 0.5).abs() < 0.01 && (weights[1].1 - 0.25).abs() < 0.01, "{weights:?}");
    for form in ["图", "书", "发", "写信", "T恤"] {
        let word = lexicon.word(form).unwrap();
        let direct: f32 = lexicon.translations(word).map(|pair| pair.1).sum();
        let related: f32 = lexicon.related(word).iter().map(|pair| pair.1).sum();
        assert!((direct - 1.0).abs() < 1e-5 && (related - 1.0).abs() < 1e-5, "{form}: {direct} {related}");
    }
}

#[test]
fn a_reference_takes_over_the_meaning() {
    let lexicon = sample();
    assert_eq!(names(&stems(&lexicon, "圖書舘")), ["librari"]);
    assert_eq!(names(&stems(&lexicon, "吕")), ["lu"]);
}

#[test]
fn related_words_are_one_step_away() {
    let lexicon = sample();
    let related = lexicon.related(lexicon.word("写").unwrap());
    let texts: Vec<&str> = related.iter().map(|&(stem, _)| lexicon.stem_text(stem)).collect();
    // 写 and 写信 share "write", and 写信 has "letter" besides.
    assert_eq!(texts, ["write", "letter"]);
    assert!(related[0].1 > related[1].1);
}

#[test]
fn pinyin_and_simplified_characters() {
    let lexicon = sample();
    assert_eq!(lexicon.pinyin(lexicon.word("圖書館").unwrap()), Some("tushuguan"));
    assert_eq!(lexicon.pinyin(lexicon.word("卡拉OK").unwrap()), Some("kalaok"));
    assert_eq!((lexicon.char_pinyin('吕'), lexicon.char_pinyin('x')), (Some("lu"), None));
    assert_eq!((lexicon.simplify('圖'), lexicon.simplify('图'), lexicon.simplify('猫')), ('图', '图', '猫'));
}

#[test]
fn chinese_tokens() {
    let lexicon = sample();
    let cases = [
        ("图书馆在哪里？", "图书馆 在 哪 里 ?"),
        ("我有３件T恤！", "我 有 3 件 t恤 !"),
        ("NT恤", "nt 恤"),
        ("卡拉OKAY", "卡 拉 okay"),
        ("Google花了1,200.50元，涨３．５％。", "googl 花 了 1200.50 元 涨 3.5"),
        ("iPhone 17 Pro Max", "iphon 17 pro max"),
        ("The A股", "the a 股"),
        ("，。、“”《》", ""),
    ];
    for (text, expected) in cases {
        assert_eq!(tokens(&lexicon, text).join(" "), expected, "{text}");
    }
}

#[test]
fn english_tokens() {
    let cases = [
        (
            "She didn’t see the children's well-known teachers' books.",
            "she not see child well know teacher book",
        ),
        ("It's 3:15 p.m. in the U.S., isn't it?", "it 3 15 pm usa not it ?"),
        ("US troops told us", "usa troop tell we"),
        ("Café 1,000,000 vs 10,00 or 3.14.", "cafe 1000000 vs 10 00 3.14"),
        ("The word 图书馆 means library", "word 图书馆 mean librari"),
        ("I'll; you'd; they've; O'Brien", "i will you they obrien"),
        ("... -- ''' '", ""),
    ];
    let mut tokenizer = Tokenizer::new(sample());
    for (text, expected) in cases {
        let mut out = Vec::new();
        tokenizer.english(text, |token| out.push(token.text.to_owned()));
        assert_eq!(out.join(" "), expected, "{text}");
    }
}

#[test]
fn tokens_know_their_place_and_capitals() {
    let text = "Old Mr. Lin said: “Stop!” Then Beijing fell silent.";
    let mut names = Vec::new();
    Tokenizer::new(Lexicon::empty()).english(text, |token| {
        if token.capitalised {
            names.push((token.span.slice(text), token.initial));
        }
    });
    assert_eq!(
        names,
        [("Old", true), ("Mr", false), ("Lin", false), ("Stop", true), ("Then", true), ("Beijing", false)]
    );
}

#[test]
fn tokens_carry_words_and_stems() {
    let lexicon = sample();
    let mut tokenizer = Tokenizer::new(lexicon.clone());
    let mut seen = Vec::new();
    tokenizer.chinese("图书馆 library 3 ？", |t| seen.push((t.kind, t.word, t.stem)));
    let (word, stem) = (lexicon.word("图书馆"), lexicon.stem("librari"));
    assert!(word.is_some() && stem.is_some());
    assert_eq!(
        seen,
        [
            (TokenKind::Chinese, word, None),
            (TokenKind::Letters, None, stem),
            (TokenKind::Number, None, None),
            (TokenKind::Mark, None, None)
        ]
    );
}

#[test]
fn a_glossary_outranks_the_dictionary() {
    let glossary =
        Glossary::parse("图书馆\tReading Room\n图书馆员\tlibrarian; keeper\nGPT\tgenerative model\n")
            .unwrap();
    let lexicon = sample().with_glossary(&glossary);
    let mut expected = vec!["read", "room"];
    expected.sort();
    assert_eq!(names(&stems(&lexicon, "图书馆")), expected);
    assert_eq!(lexicon.word("圖書館員"), lexicon.word("图书馆员"));
    assert_eq!(lexicon.longest_match("图书馆员的").map(|(len, _)| len), Some(12));
    assert_eq!(lexicon.longest_match("图书的").map(|(len, _)| len), Some(6));
    assert_eq!(tokens(&lexicon, "用GPT写"), ["用", "gpt", "写"]);
    assert_eq!(lexicon.pinyin(lexicon.word("图书馆").unwrap()), Some("tushuguan"));
    let keeper = lexicon.stem("keeper").unwrap();
    assert_eq!(lexicon.stem_text(keeper), "keeper");
    assert!(keeper.index() < lexicon.stem_count());
}

#[test]
fn glossaries_of_either_form() {
    let glossary = Glossary::parse(
        "\u{FEFF}# own terms\n\n韋小寶 韦小宝 [Wei2 Xiao3 bao3] /Trinket/\r\n天地会\tTriad\tnote\r\n",
    );
    let glossary = glossary.unwrap();
    let terms: Vec<_> = glossary.iter().map(|(chinese, english)| (chinese, english.join("|"))).collect();
    assert_eq!(
        terms,
        [("天地会", "Triad".into()), ("韋小寶", "Trinket".into()), ("韦小宝", "Trinket".into())]
    );
    for (text, line) in [("天地会\tTriad\n天地会 Triad\n", 2), ("天地会\t \n", 1), ("# x\n\n\tTriad", 3)]
    {
        let error = Glossary::parse(text).unwrap_err();
        assert_eq!((error.kind(), error.line()), (ErrorKind::Format, Some(line)), "{text:?}");
    }
    let long = format!("{}\tx", "长".repeat(65));
    assert_eq!(Glossary::parse(&long).unwrap_err().line(), Some(1));
}

#[test]
fn a_glossary_that_became_part_is_found_as_before() {
    let long = "圖書館員先生們的會議";
    let text = format!("{long}\tLibrarians' Meeting\n{}\tlong\n圖寫\tsketch\n", "长".repeat(64));
    let lexicon = sample().with_glossary(&Glossary::parse(&text).unwrap());
    let merged = Lexicon::load(lexicon.to_bytes().unwrap()).unwrap();
    for form in [long, &"长".repeat(64), "圖寫", "图写"] {
        assert_eq!(names(&stems(&merged, form)), names(&stems(&lexicon, form)), "{form}");
    }
    let mut longer = Glossary::new();
    longer.insert(&"长".repeat(65), "longer");
    let lexicon = sample().with_glossary(&longer);
    assert!(lexicon.word(&"长".repeat(65)).is_some());
    assert!(Lexicon::load(lexicon.to_bytes().unwrap()).unwrap().word(&"长".repeat(65)).is_none());
}

#[test]
fn references_in_a_circle_end() {
    let text = "圖 图 [tu2] /variant of 圖|图[tu2]/\n".repeat(2000);
    let lexicon = Lexicon::load(build(text.as_bytes()).unwrap()).unwrap();
    assert!(stems(&lexicon, "图").is_empty());
}

#[test]
fn too_many_characters_are_refused() {
    let chars = ('\u{20000}'..='\u{2FFFF}').take(usize::from(trie::FREE));
    let text: String = chars.map(|c| format!("{c} {c} [x1] /x/\n")).collect();
    assert_eq!(build(text.as_bytes()).unwrap_err().kind(), ErrorKind::Limit);
}

#[test]
fn a_bad_dictionary_names_its_line() {
    let error = build("# x\n图 图 [tu2] /picture/\n图 picture\n".as_bytes()).unwrap_err();
    assert_eq!((error.kind(), error.line()), (ErrorKind::Format, Some(3)));
    let error = build(&b"\xFF\xFE"[..]).unwrap_err();
    assert_eq!(error.line(), Some(1));
}

#[test]
fn building_is_deterministic_and_empty_input_gives_an_empty_lexicon() {
    assert_eq!(bytes(), bytes());
    assert!(sample().notice().contains("2026-02-03"));
    let lexicon = Lexicon::load(build(&b""[..]).unwrap()).unwrap();
    assert_eq!((lexicon.word_count(), lexicon.stem_count()), (0, 0));
    assert_eq!(tokens(&lexicon, "图书"), ["图", "书"]);
}

#[test]
fn what_is_no_lexicon_is_refused() {
    let mut old = bytes();
    old[7] = 0;
    for bytes in
        [Vec::new(), b"hello".to_vec(), bytes()[..80].to_vec(), bytes()[..bytes().len() - 1].to_vec(), old]
    {
        assert_eq!(Lexicon::load(bytes).unwrap_err().kind(), ErrorKind::Format);
    }
    assert_eq!(Lexicon::open("no/such/file").unwrap_err().kind(), ErrorKind::Io);
}

#[test]
fn can_be_shared() {
    fn check<T: Send + Sync + Clone + std::panic::UnwindSafe>() {}
    check::<Lexicon>();
    fn check_send<T: Send>() {}
    check_send::<Tokenizer>();
}

#[cfg(feature = "lexicon")]
#[test]
fn the_embedded_lexicon_is_sound() {
    let lexicon = Lexicon::embedded();
    assert!(lexicon.word_count() > 100_000 && lexicon.notice().contains("CC BY-SA 4.0"));
    for index in 0..lexicon.word_count() as u32 {
        let word = WordId(index);
        let total: f32 = lexicon.translations(word).map(|pair| pair.1).sum();
        assert!(total == 0.0 || (total - 1.0).abs() < 1e-4);
        assert!(lexicon.pinyin(word).is_none_or(|pinyin| pinyin.is_ascii()));
    }
    for index in 0..lexicon.stem_count() as u32 {
        let text = lexicon.stem_text(StemId(index));
        assert_eq!(lexicon.stem(text), Some(StemId(index)), "{text}");
    }
    assert_eq!(names(&stems(&lexicon, "星期三")), ["wednesday"]);
    assert_eq!(lexicon.word("圖書館"), lexicon.word("图书馆"));
}

/// Calls everything a text could reach.
fn use_up(lexicon: &Lexicon, text: &str) {
    let mut tokenizer = Tokenizer::new(lexicon.clone());
    let mut found = Vec::new();
    tokenizer.chinese(text, |token| found.push((token.word, token.stem, token.span)));
    tokenizer.english(text, |token| found.push((token.word, token.stem, token.span)));
    for (word, stem, span) in found {
        assert!(!span.slice(text).is_empty());
        if let Some(word) = word {
            assert!(word.index() < lexicon.word_count());
            assert!(lexicon.related(word).iter().all(|(stem, _)| stem.index() < lexicon.stem_count()));
            lexicon.pinyin(word);
        }
        stem.map(|stem| lexicon.stem_text(stem).len());
    }
    for c in text.chars() {
        lexicon.char_pinyin(c);
        lexicon.simplify(c);
    }
}

proptest! {
    #[test]
    fn damaged_bytes_never_panic(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40),
        header in prop::collection::vec((8usize..88, any::<u8>()), 0..3),
        cut in any::<prop::sample::Index>(),
        cuts in any::<bool>(),
    ) {
        let mut bytes = bytes();
        for (index, value) in changes {
            let at = 88 + index.index(bytes.len() - 88);
            bytes[at] = value;
        }
        for (at, value) in header {
            bytes[at] = value;
        }
        if cuts {
            bytes.truncate(cut.index(bytes.len()));
        }
        if let Ok(lexicon) = Lexicon::load(bytes) {
            lexicon.notice();
            use_up(&lexicon, "圖書館的图书馆书发髮写信，T恤 write a letter, 卡拉OK！");
            let glossary = Glossary::parse("图书\tbooks and letters\n").unwrap();
            let lexicon = lexicon.with_glossary(&glossary);
            use_up(&lexicon, "图书馆写圖書");
            if let Ok(bytes) = lexicon.to_bytes() {
                use_up(&Lexicon::load(bytes).unwrap(), "图书馆写圖書");
            }
        }
    }

    #[test]
    fn any_text_has_tokens_in_order(text in "(\\PC|[a-zA-Z0-9'’.,?!·图书馆写T恤 \u{301}Ａ１Éß]){0,40}") {
        let lexicon = sample().with_glossary(&Glossary::parse("a书\tx\n··\ty\n").unwrap());
        use_up(&lexicon, &text);
        let mut last = 0;
        Tokenizer::new(lexicon).english(&text, |token| {
            assert!(token.span.start >= last && !token.text.is_empty());
            last = token.span.start;
        });
    }

    #[test]
    fn any_dictionary_is_built_or_refused(text in "([图书馆a-c \\[\\]/;|0-9:()\n]|of|variant of ){0,80}") {
        if let Ok(bytes) = build(text.as_bytes()) {
            use_up(&Lexicon::load(bytes).unwrap(), &text);
        }
    }
}
