"""Texts that the browser tests align: sentences put together from a small table, the same every time."""

WHO = [("老人", "The old man"), ("船长", "The captain"), ("小女孩", "The little girl"), ("木匠", "The carpenter"),
       ("医生", "The doctor"), ("邮差", "The postman"), ("面包师", "The baker"), ("老师", "The teacher"),
       ("画家", "The painter"), ("农夫", "The farmer"), ("渔夫", "The fisherman"), ("裁缝", "The tailor")]
DID = [("买了{n}本旧书", "bought {n} old books"), ("写了{n}封信", "wrote {n} letters"), ("种了{n}棵苹果树", "planted {n} apple trees"),
       ("修好了{n}把椅子", "mended {n} chairs"), ("喝了{n}杯热茶", "drank {n} cups of hot tea"), ("数了{n}颗星星", "counted {n} stars"),
       ("画了{n}幅山水画", "painted {n} landscapes"), ("卖掉了{n}条鱼", "sold {n} fish"), ("丢了{n}把钥匙", "lost {n} keys"),
       ("救了{n}只小鸟", "saved {n} little birds"), ("点亮了{n}盏灯", "lit {n} lamps")]
WHERE = [("在河边", "by the river"), ("在山脚下", "at the foot of the mountain"), ("在码头上", "on the pier"), ("在市场里", "in the market"),
         ("在花园里", "in the garden"), ("在图书馆里", "in the library"), ("在厨房里", "in the kitchen")]
WHEN = [("昨天早上", "yesterday morning"), ("去年冬天", "last winter"), ("星期六下午", "on Saturday afternoon"), ("天黑以前", "before dark"),
        ("下雨的时候", "while it was raining")]
# Now and then the translator says a thing in two sentences, or leaves one out.
TWO = ("没有人知道为什么，他也没有解释。", ["Nobody knew why.", "He did not explain it either."])
LEFT_OUT = ["图书馆的地下室里还藏着四百二十七张旧地图。", "那些地图上画的都是早已消失的村庄和道路。", "馆长每年夏天都要把它们搬到院子里去晒太阳。"]
ADDED = ["Far away, the railway company was laying its new tracks.", "Nobody in the capital had ever heard of these people.",
         "The newspapers wrote about the price of wool and about the war."]


def pairs(count):
    """`count` beads, each a list of Chinese and a list of English sentences."""
    beads = []
    for k in range(count):
        if k % 41 == 17:
            beads.append(([TWO[0]], TWO[1]))
        elif k % 97 == 50:
            beads.append((LEFT_OUT, []))
        elif k % 131 == 70:
            beads.append(([], ADDED))
        else:
            (a, b), (c, d), (e, f), (g, h) = WHO[k % 12], DID[k % 11], WHERE[k % 7], WHEN[k % 5]
            n = 3 + k * 7 % 990
            beads.append(([f"{g}，{a}{e}{c.format(n=n)}。"], [f"{b} {d.format(n=n)} {f} {h}."]))
    return beads


def sides(count):
    """The sentences of both sides."""
    beads = pairs(count)
    return [z for zh, _ in beads for z in zh], [e for _, en in beads for e in en]


# An article that tries to act in the page that shows it.
HOSTILE = [
    ("<script>window.hacked=1;alert(1)</script>老人在河边买了三本旧书。", "<script>window.hacked=1;alert(1)</script>The old man bought three old books by the river."),
    ("<img src=x onerror=\"window.hacked=2;alert(2)\">船长在码头上写了四封信。", "<img src=x onerror=\"window.hacked=2;alert(2)\">The captain wrote four letters on the pier."),
    ("</script><script>window.hacked=3</script>医生在厨房里喝了五杯热茶。", "</script><script>window.hacked=3</script>The doctor drank five cups of hot tea in the kitchen."),
    ("</style><style>*{background:url(http://127.0.0.1:9/x)}</style>画家画了六幅山水画。", "</style><style>*{background:url(http://127.0.0.1:9/x)}</style>The painter painted six landscapes."),
    ("<a href=\"javascript:window.hacked=4\">农夫</a>种了七棵苹果树。", "<a href=\"javascript:window.hacked=4\">The farmer</a> planted seven apple trees."),
    ("<iframe src=\"http://127.0.0.1:9/\"></iframe>渔夫卖掉了八条鱼。", "<iframe src=\"http://127.0.0.1:9/\"></iframe>The fisherman sold eight fish."),
    ("裁缝说：]]> --> <!-- &lt;b&gt; \u202e反\u202c “\u2028九\u2029”。", "The tailor said: ]]> --> <!-- &lt;b&gt; \u202eback\u202c “nine\u2028\u2029”."),
    ("<svg onload=window.hacked=5><p data-was=x class=u>木匠修好了十把椅子。</p></div></section>", "<svg onload=window.hacked=5><p data-was=x class=u>The carpenter mended ten chairs.</p></div></section>"),
]
