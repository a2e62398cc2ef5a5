//! Sentence segmentation against `unicode_sentences` of `unicode-segmentation` on the same text in the same
//! run. Compare ratios, not absolute times: machines differ, and so does the load on one.

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use duizhao::segment::{Chinese, English, Segmenter};
use std::hint::black_box;
use unicode_segmentation::UnicodeSegmentation;

/// Prose with the marks, abbreviations and quotations of everyday text, in our own words.
const ENGLISH: &str = "The ferry left the island shortly after 6 a.m. on Monday, Nov. 4, with some 120 passengers \
on board, among them Dr. Helen Marsh and her two assistants. “Nobody expected the weather to change so fast,” \
she said later. “We had checked the forecast twice, and it promised a calm sea.” By the time the boat reached \
the strait, the wind had risen to more than 45.5 miles per hour! Was there any danger? Not according to the \
captain, J. R. Whitlock of Northern Lines Inc. He told reporters that the U.S. Coast Guard had been informed, \
that every life jacket had been handed out, and that the crew, who train for such cases every spring, did what \
they had to do. The company's site (www.example.com/ferries) lists three similar trips since the year 2001. \
Passengers praised the crew; one of them, a teacher, called them “the calmest people I have ever met.”\n\n\
In the harbour a small crowd was waiting with blankets and hot tea. The mayor's office had opened the town hall, \
where the travellers could rest before they went on. It was nearly noon when the last of them stepped ashore.\n\n";

/// The same for Chinese.
const CHINESE: &str = "星期一早上六点刚过，渡轮载着大约一百二十名乘客离开了小岛，其中有马海伦博士和她的两位助手。“谁也没想到天气会变得\
这么快。”她后来说。“我们查了两次天气预报，都说海面平静。”船到海峡时，风速已经超过每小时45.5英里！有危险吗？\
船长说没有。他告诉记者，海岸警卫队已经得到通知，每个人都领到了救生衣，船员们每年春天都为这种情况训练，这一次\
只是做了该做的事。公司的网站（www.example.com/ferries）列出了二〇〇一年以来三次类似的航行；乘客们称赞了\
船员，一位老师说：“他们是我见过的最镇定的人。”\n\n\
港口里，一小群人拿着毯子和热茶等候着。市长办公室开放了市政厅，让旅客们在继续赶路以前休息一下。最后一个人上岸\
时，已经快到中午了……大家都在谈论《海上的早晨！》这部电影。\n\n";

/// Size of the texts, in bytes: larger than the caches next to the core.
const SIZE: usize = 1 << 20;

fn segmentation(criterion: &mut Criterion) {
    compare(criterion, "english", ENGLISH, &English);
    compare(criterion, "chinese", CHINESE, &Chinese);
}

fn compare(criterion: &mut Criterion, name: &str, sample: &str, segmenter: &dyn Segmenter) {
    let text = sample.repeat(SIZE / sample.len() + 1);
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Bytes(text.len() as u64));
    let mut spans = Vec::new();
    group.bench_with_input(BenchmarkId::from_parameter("duizhao"), &text, |bencher, text| {
        bencher.iter(|| {
            spans.clear();
            segmenter.segment_into(black_box(text), &mut spans);
            spans.len()
        });
    });
    group.bench_with_input(BenchmarkId::from_parameter("unicode_sentences"), &text, |bencher, text| {
        bencher.iter(|| black_box(text).unicode_sentences().count());
    });
    group.finish();
}

criterion_group!(benches, segmentation);
criterion_main!(benches);
