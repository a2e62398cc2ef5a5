//! Tables of cases: a text in which `⏐` marks where the splitter must split. White space around the mark is
//! not a part of the sentences.

use duizhao::segment::{Chinese, English, Segmenter, Uax29};

/// Runs a table and reports every case that fails, not only the first.
fn check(segmenter: &dyn Segmenter, table: &[&str]) {
    let failures: Vec<String> = table.iter().filter_map(|case| failure(segmenter, case)).collect();
    assert!(
        failures.is_empty(),
        "{} of {} cases fail:\n{}",
        failures.len(),
        table.len(),
        failures.join("\n")
    );
}

fn failure(segmenter: &dyn Segmenter, case: &str) -> Option<String> {
    let text = case.replace('⏐', "");
    let expected: Vec<&str> =
        case.split('⏐').map(str::trim).filter(|sentence| !sentence.is_empty()).collect();
    let found: Vec<&str> = segmenter.segment(&text).iter().map(|span| span.slice(&text)).collect();
    (found != expected).then(|| format!("expected {case}\nfound    {}", found.join("⏐")))
}

#[test]
fn baseline() {
    check(&Uax29, &["It rained. ⏐We stayed in.", "下雨了。⏐我们没出门。", "", "   "]);
}

#[test]
fn english_marks() {
    check(
        &English,
        &[
            "",
            " \n\t ",
            "No mark at all",
            "It rained. ⏐We stayed in. ⏐Was it cold? ⏐Very!",
            "Stop!! ⏐Who goes there?? ⏐A friend?! ⏐Come in.",
            "Prices rose by 3 per cent. ⏐15. Wages did not.",
            "It cost $3.50. ⏐That was 1,000.75 too much.",
            "Wait... what do you mean? ⏐I never… well, never mind.",
            "She left the room.... ⏐He stayed.",
            "He paused . . . and went on. ⏐Nobody spoke . . . . ⏐Then they all did.",
            "They “thank[ed] him [...] for coming”. ⏐He bowed.",
            "I... I can't. ⏐Hmm... ⏐The others might.",
            "The plan failed; the others did too: nobody came.",
            "It ends here ! ⏐The next one begins . ⏐Good .",
        ],
    );
}

#[test]
fn english_on_found_pages() {
    check(
        &English,
        &[
            "It matters, too.⏐Q: What comes next?⏐A: Nothing.",
            "That was the end of captivity.⏐100年前，一位伟大的美国人签了字。",
            "There will be no winner.⏐2. 只有开放",
            "Chapter 10. Exceptions end it. ⏐See Chapter 10. ⏐It ends.",
            "modern adj. 新式的",
        ],
    );
}

#[test]
fn english_abbreviations() {
    check(
        &English,
        &[
            "The mean score was 3.2. ⏐Women scored higher. ⏐Table 3.2. Results of the study.",
            "Mr. Baker and Mrs. Hall met Gen. Ortega on Oct. 18 at St. Peter's.",
            "He works for Acme Inc. ⏐It makes anvils. ⏐So does Brown & Co. ⏐Nobody minds.",
            "Acme Corp. Chief Executive Lena Ode left. ⏐Acme Corp. Chairman Roe stayed.",
            "The shares of Bar Co. Ltd. rose. ⏐Those of Baz plc. fell.",
            "We brought apples, pears, etc. and ate them. ⏐They had plums, figs, etc. ⏐We shared.",
            "See Fig. 4 and sec. 3.2 on p. 55, vol. II, no. 6. ⏐I said no. ⏐She agreed.",
            "Ode et al. found it. ⏐Others (Roe et al. 2004) did not.",
            "Smith v. Jones was decided late, i.e. in May, cf. Roe.",
            "They live at 5 Main St. in Leeds. ⏐We live on Mill St. ⏐The house is red.",
            "It is 6 ft. 2 in. tall and weighs 5 lbs. ⏐Handle it with care.",
            "He met Sen. Ann Doe (D., Ohio) on Tue. Jan. 5 in Denver, Colo. at noon.",
            "The dept. head, Prof. Dr. Karl Weiss, Ph.D., spoke to John Roe Jr. ⏐He took notes.",
            "P.S. I forgot the keys.",
            "THE HON. MARY ROE, J.P. ⏐THE HON. JOHN DOE, J.P.",
            "That is John Roe Jr.'s book.",
        ],
    );
}

#[test]
fn english_initials_and_acronyms() {
    check(
        &English,
        &[
            "William R. Laidig spoke. ⏐J. K. Rowe and Ann B. Cole agreed.",
            "The case went to U.S. District Judge Ann Poe. ⏐She lives in the U.S. ⏐She likes it there.",
            "The U.N. Security Council met in Washington, D.C. ⏐It was hot.",
            "I visited the U.S.A. last year. ⏐How about the E.U.? ⏐Not yet.",
            "It was between you and I. ⏐They knew. ⏐Albert I. Jones did not.",
            "Fruit has vitamin C. ⏐The peel has more.",
            "At 5 a.m. Mr. Roe rose. ⏐He slept at 9 P.M. ⏐Mr. Roe was tired.",
            "Come at 5 p.m. EST or 9 a.m. Monday. ⏐We open at 8 a.m. ⏐Bring tea.",
        ],
    );
}

#[test]
fn english_quotations_and_brackets() {
    check(
        &English,
        &[
            "“Late again?” asked his wife. ⏐“Sorry!” he said.",
            "\"What?\" asks Tom. ⏐\"Nothing.\" ⏐He left.",
            "“Now?” Mrs. Hall asked. ⏐“Now!” I cried.",
            "She said, \"I am glad.\" ⏐She meant it.",
            "'It is late.' ⏐'I know.' ⏐They went home.",
            "``Stop,'' he said. ⏐``Why?'' she asked. ⏐``Because.''",
            "He said. ⏐\" To date , nothing came . \" ⏐She left .",
            "That was the rule. ” ⏐Nobody broke it.",
            "“He said, ‘Go.’” ⏐So we went.",
            "He spoke (it was late.) and left. ⏐(Nobody minded.) ⏐Then it rained.",
            "The group (formed in 1990. It broke up in 1995.) was loved.",
            "They won (!) the cup. ⏐Who (?) knows.",
            "The report (see above). ⏐The others, too.",
            "The book “Is It Right?” sold well.",
            "“To be is to do.” — Jane Roe, 1999",
            "It was so.[1] ⏐It is still.[2][3] ⏐Who says that? [4–6] ⏐They do.",
            "It works.1 ⏐It is safe.2,3 ⏐No.4 is not a note.",
            "*It works.* ⏐_So does this._ ⏐**All right!** ⏐Good.",
        ],
    );
}

#[test]
fn english_without_spaces() {
    check(
        &English,
        &[
            "The arrangement held.⏐Firstly, it was fair.⏐Each got a share.",
            "Was it fair?⏐It was!⏐Everybody agreed.”⏐She smiled.",
            "It was reported.⏐“We know,” he said.⏐(Nobody did.)⏐I left.",
            "They sold 1,000.⏐That is a lot.⏐Mr. Roe bought two.",
            "Use Node.js or ASP.NET on example.com, e.g.Linux.",
            "The U.S.A and J.Roe read README.TXT in v2.Beta with System.Text.Json today.",
            "Write to Jane.Roe@example.com. ⏐Or see https://example.com/a.B?q=C&d. ⏐Thanks!",
        ],
    );
}

#[test]
fn english_lists_and_lines() {
    check(
        &English,
        &[
            "1) wash it ⏐2) dry it ⏐3) put it away",
            "1. Wash it. ⏐2. Dry it. ⏐3. Put it away.",
            "a. wash it ⏐b. dry it",
            "• 9. tea ⏐• 10. milk",
            "1. Introduction\n⏐2. Methods\n⏐IV. Results",
            "There are two: 1. The first. ⏐2. The second.",
            "A Heading\n⏐The first paragraph.\n⏐The second.",
            "A heading\n\n⏐and lower case behind it",
            "This was cut off\nin the middle of a page.",
            "tea\n⏐milk and sugar\n⏐bread, butter\n",
            "The river runs below the hill,\n⏐The mill is old, the wheel is still.",
            "The parcel that you asked about left the warehouse on\nMonday and should be with you soon. ⏐If\n\
             it is late, please write to Mrs. Ellen Ashdown at the\noffice, who will help.\n⏐Kind regards\n⏐Tom",
        ],
    );
}

#[test]
fn english_lower_case_and_names() {
    check(
        &English,
        &[
            "it rained. ⏐we stayed in. ⏐was it cold? ⏐very! ⏐ok.",
            "The shop closed. ⏐iPhones sold out before.",
            "She works at Yahoo! in the back office. ⏐He uses Yahoo! ⏐Do you?",
            "Oh! how it rained.",
            "Thanks! :) ⏐See you. ⏐Bye ;-)",
            "Great! 🎉 ⏐Come again.",
        ],
    );
}

#[test]
fn chinese_marks() {
    check(
        &Chinese,
        &[
            "",
            "　\n",
            "没有标点",
            "下雨了。⏐我们没出门。⏐冷吗？⏐很冷！",
            "真的吗？！！⏐天哪！！！⏐算了。。。⏐走吧｡",
            "苹果、梨；桃子：都很好，真的。⏐他同意。",
            "我们……还没有决定。⏐他等了很久很久也没有人来……⏐我走了。",
            "这个……这个……我忘了。⏐“我……我不知道。”",
            "第一项做完了。⏐……但是第二项没有。",
            "好呀！～⏐哈哈！😂⏐下次再来。",
            "他走了。⏐——二〇一五年十月",
        ],
    );
}

#[test]
fn chinese_quotations_and_titles() {
    check(
        &Chinese,
        &[
            "“下雨了吗？”她问。⏐“还没有。”他笑着说。⏐“好。”",
            "他看了看窗外：“还没有。”⏐她走了。",
            "「今天先這樣。」他說。⏐『好！』",
            "“下雨了吗？”⏐老站长抬起头问道：“谁有伞？”⏐“我有。”⏐他说：“拿去吧。”",
            "桥是宋代修的。[12]⏐后来毁于大火。［注3］⏐[今]存五座。",
            "他说：“我走了。⏐你留下。”⏐她没有回答。",
            "“走！”王经理对旁边的小李说，“快点。”",
            "比赛时可以喊“Come on!”或者“Go for it!”。⏐大家都懂。",
            "门上写着“Keep out.”几个词。⏐她说：“Come in.”⏐他没有动。",
            "“我不知道。”⏐我不知道他在说什么。",
            "“好吧。”⏐他叹了口气，转身走了。",
            "他们高喊“加油！”的口号。⏐这是“谁的错？”的问题。",
            "我们去看《跑吧！孩子》好吗？⏐好！⏐《你好，李四。》也不错。",
            "会议结束。⏐“我们赢了。”⏐《晚报》这样写。⏐（完）",
            "这是人工智能（Artificial Intelligence）的缩写。⏐他喜欢（真的喜欢！）苹果。",
            "任务完成 。 ”⏐大家都很高兴 。",
            "一、概述。⏐（二）方法。⏐①土地。⏐②人力。",
        ],
    );
}

#[test]
fn chinese_with_ascii_marks() {
    check(
        &Chinese,
        &[
            "他来了.⏐2015年走了.⏐《晚报》写了.⏐我们看了.",
            "详见报告第三.C节。⏐全文见www.example . org上的附录。",
            "你好吗?⏐我很好!⏐真的?!⏐真的.",
            "\"你好.\"他说.⏐\"再见.\"⏐她走了.",
            "U.S.标准很好,603716.SH涨了3.5%.⏐得了４．５分.",
            "1.背景说明.⏐2.意义说明.⏐包括:3.其他.",
            "史蒂夫?贝尔来了。⏐乔治.贝克没来。⏐J.K.贝尔也没来。",
            "他叫Tom.⏐他用Node.js写程序.⏐我也用.",
            "版本2.0发布了。⏐第1.2节介绍了方法。",
        ],
    );
}

#[test]
fn mixed_languages() {
    for segmenter in [&Chinese as &dyn Segmenter, &English] {
        check(
            segmenter,
            &[
                "Meet me at 9 a.m. ⏐九点见我，不要迟到。",
                "He ran 5 km. ⏐他跑了五公里。⏐Add 20 ml. ⏐加二十毫升。",
                "Apple Inc. 是一家公司。⏐他在 Apple Inc. 工作。",
                "“What's your name?”老师问我。⏐我说不出话来。",
                "她说：“See you tomorrow!”⏐然后走了。",
                "他会用这个词。⏐He said so twice. ⏐我不信。⏐Is it true? ⏐是的。",
                "The word 对照 means to compare. ⏐他说：“对。”⏐Mr. Li agreed.",
                "请访问https://www.example.com/a?b=C。⏐谢谢！⏐I did.",
                "He wrote “你好。” on the board. ⏐Then he left.",
            ],
        );
    }
}

#[test]
fn chinese_lines() {
    check(
        &Chinese,
        &[
            "标题\n⏐第一段没有标点\n⏐第二段有。\n\n⏐第三段",
            "春江水暖鸭先知\n⏐桃花流水鳜鱼肥\n⏐万里长空云作伴",
            "春天的早晨，河边的柳树刚刚发芽，几位老人沿着小路慢慢地走着，\n\
             他们谈论着去年的收成和今年的打算，说到高兴的地方便停下脚步笑\n起来。⏐太阳升起来了。",
            "　　第一段。\r\n⏐　　第二段。",
        ],
    );
}

/// What once went wrong.
#[test]
fn regressions() {
    check(
        &English,
        &[
            // The `s` of a genitive was taken for an initial.
            "They dined at her ladyship's. ⏐Mrs. Lane stayed.",
            // A point behind a bracket is no second point of an ellipsis.
            "It was late (so they said.). ⏐Gwen left.",
            // A zone in capitals is no abbreviation.
            "The call is at 9 a.m. EST. ⏐Come early.",
            // An address ends with a letter.
            "See https://example.com/x?y=Z&f. ⏐Thanks.",
        ],
    );
    check(
        &Chinese,
        &[
            // `知道` says nothing about who spoke.
            "「那你什麼時候回來？」⏐我不知道啊！",
            // A name with a mark, then a mark of its own.
            "家里有一本Yes!。⏐我看过。",
            // A full stop behind a number with thousands.
            "人口20,453.⏐MS也常见.",
        ],
    );
}
