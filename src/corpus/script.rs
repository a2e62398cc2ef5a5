//! Which script a Chinese text is written in, for language codes: `zh-Hans` or `zh-Hant`.
//!
//! The characters are a list by hand, although the lexicon knows more of them: the answer must not depend on a
//! cargo feature, and the list holds what the lexicon does not say, which simplified forms traditional text has too.

use std::sync::OnceLock;

/// Frequent characters that were simplified, each followed by its traditional form. Those whose simplified form
/// is as common in traditional text (后, 里, 只, 干, 面) are not here.
const FORMS: &str = "们們这這来來时時说說对對会會过過个個为為国國学學开開发發见見无無经經头頭动動长長从從现現样樣问問进進还還没沒几幾\
话話间間东東关關门門车車点點实實电電书書让讓听聽觉覺应應气氣认認谁誰难難爱愛吗嗎单單场場战戰万萬远遠声聲业業马馬\
亲親处處带帶记記体體师師写寫满滿边邊传傳许許论論题題张張华華语語员員区區当當变變种種报報务務产產条條济濟机機权權\
设設则則数數风風热熱义義议議队隊图圖历歷标標节節农農选選总總团團组組决決观觀军軍极極达達运運际際结結两兩儿兒妈媽\
钱錢买買卖賣红紅绿綠饭飯馆館鸟鳥鱼魚龙龍云雲飞飛离離岁歲旧舊亚亞严嚴临臨举舉丽麗乌烏乐樂习習乡鄉争爭亏虧仅僅仓倉\
仪儀优優伟偉伤傷众眾伦倫侧側侦偵俭儉债債倾傾储儲兰蘭兴興养養减減凤鳳凉涼凭憑刘劉刚剛创創剑劍剧劇劝勸励勵劳勞势勢\
勋勳医醫协協卢盧卫衛厂廠厅廳厉厲压壓厌厭厕廁县縣参參双雙叙敘叹嘆吓嚇启啟吴吳呕嘔响響哑啞唤喚啸嘯喷噴园園围圍圆圓\
圣聖坏壞块塊坚堅坟墳坠墜垒壘垫墊墙牆壮壯壳殼备備夹夾夺奪奋奮奖獎妆妝妇婦娇嬌娱娛婴嬰孙孫宁寧宝寶审審宪憲宫宮宽寬\
宾賓寝寢寻尋导導将將尔爾尘塵尝嘗层層届屆属屬屿嶼岛島岭嶺峡峽崭嶄币幣帅帥帐帳帮幫库庫庆慶庄莊庙廟废廢异異弃棄弯彎\
弹彈强強归歸录錄径徑忆憶忧憂怀懷态態怜憐恋戀恶惡悬懸惊驚惧懼惨慘惩懲惯慣愤憤戏戲户戶扑撲执執扩擴扫掃扬揚扰擾抚撫\
抢搶护護拟擬拥擁择擇挡擋挣掙挤擠挥揮损損换換捡撿掷擲摄攝摆擺摇搖撑撐敌敵断斷旷曠显顯晓曉晕暈暂暫杂雜杨楊构構枪槍\
柜櫃栏欄树樹桥橋梦夢检檢楼樓横橫欢歡欧歐残殘毁毀毕畢汇匯汉漢汤湯沟溝沪滬泽澤洁潔洒灑浅淺浆漿测測浓濃涛濤润潤涨漲\
渐漸温溫湾灣湿濕滚滾灭滅灯燈灵靈灾災炉爐炼煉烂爛烦煩烧燒烛燭爷爺牵牽犹猶狭狹独獨狮獅猎獵猫貓献獻玛瑪环環疗療疯瘋\
痒癢监監盖蓋盘盤码碼砖磚础礎确確碍礙礼禮祸禍禅禪称稱税稅稳穩穷窮窃竊窝窩竖豎竞競笔筆笼籠签簽简簡类類粮糧紧緊纠糾\
纤纖约約级級纪紀纯純纲綱纳納纵縱纷紛纸紙纹紋线線练練细細织織终終绍紹继繼绩績绪緒续續绳繩维維综綜缓緩编編缘緣缝縫\
缩縮网網罗羅罚罰罢罷职職联聯聪聰肃肅肠腸肤膚肿腫胀脹胁脅胜勝脑腦脚腳脱脫脸臉舰艦舱艙艰艱艺藝芦蘆苏蘇苹蘋荡蕩药藥\
获獲营營萧蕭蓝藍虏虜虑慮虽雖虾蝦蚀蝕蚂螞蛮蠻补補衬襯袜襪袭襲规規视視览覽订訂计計训訓讨討讲講评評词詞译譯试試诗詩\
诚誠详詳误誤读讀课課谅諒谈談谋謀谎謊谢謝谣謠谱譜负負财財责責败敗货貨质質贩販贪貪购購贯貫贵貴费費贺賀贼賊资資赏賞\
赔賠赖賴赛賽赞讚赢贏赶趕趋趨跃躍践踐轨軌转轉轮輪软軟轰轟轻輕载載较較辅輔辆輛输輸辞辭辩辯辽遼迁遷迟遲适適递遞逻邏\
遗遺邓鄧邮郵邻鄰郑鄭酱醬酿釀释釋针針钉釘钟鐘钢鋼钥鑰铁鐵铃鈴铜銅银銀铺鋪链鏈销銷锁鎖锅鍋错錯锋鋒键鍵镇鎮镜鏡闪閃\
闭閉闷悶闹鬧闻聞阅閱阔闊阳陽阴陰阶階陆陸陈陳险險隐隱雾霧静靜韩韓顶頂项項顺順须須顾顧顿頓预預领領频頻颗顆额額颜顏\
飘飄饥飢饮飲饰飾饱飽饼餅馒饅驱驅驶駛驻駐驾駕骂罵骄驕验驗骑騎骗騙鲁魯鲜鮮鸡雞鸭鴨鹅鵝鹰鷹麦麥黄黃齐齊齿齒龄齡";

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
        assert_eq!(code("茶凉了。"), Some("zh-Hans"));
        assert_eq!(code("茶涼了。"), Some("zh-Hant"));
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
