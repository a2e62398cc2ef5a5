use duizhao::segment::*;
use unicode_segmentation::UnicodeSegmentation;
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let zh = path.ends_with("zh");
    let mut t = std::fs::read_to_string(path).unwrap();
    let b = t.clone();
    while t.len() < 2_000_000 {
        t.push_str(&b);
    }
    let s: &dyn Segmenter = if zh { &Chinese } else { &English };
    let mut v = Vec::new();
    let mut best = [f64::MAX; 2];
    for _ in 0..15 {
        let i = std::time::Instant::now();
        v.clear();
        s.segment_into(&t, &mut v);
        best[0] = best[0].min(i.elapsed().as_secs_f64());
        let i = std::time::Instant::now();
        std::hint::black_box(t.unicode_sentences().count());
        best[1] = best[1].min(i.elapsed().as_secs_f64());
    }
    println!(
        "{} ours {:.0} MB/s uax {:.0} MB/s ratio {:.2} sents {}",
        std::env::args().nth(1).unwrap(),
        t.len() as f64 / best[0] / 1e6,
        t.len() as f64 / best[1] / 1e6,
        best[1] / best[0],
        v.len()
    );
}
