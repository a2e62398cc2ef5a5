//! Many documents on many threads: each thread takes one document after the other, and keeps the memory it works
//! in (see [`Aligner`]). Time: that of the documents over the number of threads.

use super::ArticleOptions;
use crate::aligner::Aligner;
use crate::article::Article;
use crate::corpus::Bitext;
use rayon::prelude::*;

impl Aligner {
    /// Aligns many articles, on the threads of the `rayon` pool that it is called in. The bitexts come in the order
    /// of the articles and are the same for every number of threads.
    ///
    /// ```
    /// use duizhao::{Aligner, ArticleOptions, read};
    /// let pages = ["雪停了。\n\nThe snow has stopped.", "他没有来。\n\nHe did not come."];
    /// let articles: Vec<_> = pages.iter().map(|page| read::read_str(page, &read::Options::default())).collect();
    /// let bitexts = Aligner::builder().build()?.align_many(&articles, &ArticleOptions::default());
    /// assert_eq!(bitexts[1].pairs().next().unwrap().en(), "He did not come.");
    /// # Ok::<(), duizhao::Error>(())
    /// ```
    pub fn align_many(&self, articles: &[Article], options: &ArticleOptions) -> Vec<Bitext> {
        articles.par_iter().map(|article| self.align_article_with(article, options)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read;

    #[test]
    fn as_one_by_one_for_every_number_of_threads() {
        let page = |k: usize| {
            let zh = ["雪停了。", "他在山谷里住了二十年。", "炉火快要灭了。"];
            let en =
                ["The snow has stopped.", "He had lived in the valley for twenty years.", "The fire is low."];
            let of = |k: usize| format!("{}\n\n{}\n\n", zh[k % 3], en[k % 3]);
            read::read_str(&(of(k) + &of(k / 3)), &read::Options::default())
        };
        let articles: Vec<Article> = (0..9).map(page).collect();
        let aligner = Aligner::builder().build().unwrap();
        let one_by_one: Vec<Bitext> = articles.iter().map(|article| aligner.align_article(article)).collect();
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let many = pool.install(|| aligner.align_many(&articles, &ArticleOptions::default()));
            assert_eq!(many, one_by_one, "{threads} threads");
        }
    }
}
