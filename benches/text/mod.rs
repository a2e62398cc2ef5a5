//! Made bilingual text for benchmarks and tests: no one's, and of any length.

/// Words and their translations, of which the made sentences consist.
const WORDS: [(&str, &str); 48] = [
    ("河流", "river"),
    ("桥", "bridge"),
    ("老师", "teacher"),
    ("学校", "school"),
    ("图书馆", "library"),
    ("孩子", "child"),
    ("蜡烛", "candle"),
    ("小说", "novel"),
    ("海洋", "ocean"),
    ("船长", "captain"),
    ("医生", "doctor"),
    ("医院", "hospital"),
    ("雨", "rain"),
    ("雪", "snow"),
    ("冬天", "winter"),
    ("夏天", "summer"),
    ("山", "mountain"),
    ("森林", "forest"),
    ("老虎", "tiger"),
    ("狐狸", "fox"),
    ("马", "horse"),
    ("农民", "farmer"),
    ("村庄", "village"),
    ("城市", "city"),
    ("火车", "train"),
    ("车站", "station"),
    ("警察", "police"),
    ("小偷", "thief"),
    ("钥匙", "key"),
    ("窗户", "window"),
    ("花园", "garden"),
    ("苹果", "apple"),
    ("面包", "bread"),
    ("牛奶", "milk"),
    ("茶", "tea"),
    ("咖啡", "coffee"),
    ("音乐", "music"),
    ("钢琴", "piano"),
    ("画家", "painter"),
    ("颜色", "color"),
    ("国王", "king"),
    ("士兵", "soldier"),
    ("战争", "war"),
    ("和平", "peace"),
    ("语言", "language"),
    ("字典", "dictionary"),
    ("时间", "time"),
    ("月亮", "moon"),
];

/// Made sentences, Chinese and English; now and then with a number.
pub fn sentences(count: usize, mut seed: u64) -> (Vec<String>, Vec<String>) {
    let mut random = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let (mut zh, mut en): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let (mut chinese, mut english) = (String::from("有"), String::from("There was"));
        for k in 0..3 + random(4) {
            let (word, translation) = WORDS[random(WORDS.len() as u64) as usize];
            chinese.push_str(if k == 0 { "" } else { "和" });
            chinese.push_str(word);
            english.push_str(if k == 0 { " a " } else { " and a " });
            english.push_str(translation);
        }
        if random(6) == 0 {
            let number = 1000 + random(9000);
            chinese.push_str(&format!("，共{number}"));
            english.push_str(&format!(", {number} in all"));
        }
        zh.push(chinese + "。");
        en.push(english + ".");
    }
    (zh, en)
}
