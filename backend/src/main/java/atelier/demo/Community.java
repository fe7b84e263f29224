package atelier.demo;

import static atelier.identity.Role.ADMIN;
import static atelier.identity.Role.AUDITOR;
import static atelier.identity.Role.MEMBER;
import static atelier.identity.Role.SUPPLIER;

import atelier.identity.Role;
import atelier.kernel.TokenAmount;
import atelier.rules.Rule;
import java.util.List;

/** Who and what the seeded painting school consists of. */
final class Community {

    /** A member of the school. */
    record Person(String alias, String name, Role role, String grant) {

        String email() {
            return alias + "@school.example";
        }
    }

    /** A material, or a tool sold by its uses. */
    record Ware(String name, boolean tool, String price, long stock) {}

    /** So much of one supply. */
    record Need(String ware, int amount) {}

    /** A recipe and who wrote it. */
    record Instruction(
            String author, String title, String description, String fee, List<Need> needs) {}

    /** A painting, its recipe, and what it is offered for, if it is. */
    record Piece(String maker, String title, String recipe, String words, String price) {

        boolean offered() {
            return !price.isEmpty();
        }
    }

    /** A painting made after another one of here. */
    record Remix(Piece piece, String parent) {}

    /** One member buys a piece that is offered; another one may have brought them to it. */
    record Purchase(String buyer, String piece, String promoter) {

        Purchase(String buyer, String piece) {
            this(buyer, piece, "");
        }

        boolean promoted() {
            return !promoter.isEmpty();
        }
    }

    /** Something that should be done, who says so, and who wants it too. */
    record Wish(String author, String title, String words, List<String> supporters) {}

    /** Another number for a rule, who proposes it and why, and how who voted. */
    record Motion(
            String proposer,
            Rule rule,
            long value,
            String reason,
            List<String> inFavour,
            List<String> against) {}

    static final String TEACHER = "lin";
    static final String SUPPLIER_ALIAS = "kimura";

    static final List<Person> PEOPLE =
            List.of(
                    new Person(TEACHER, "林老師", ADMIN, ""),
                    new Person(SUPPLIER_ALIAS, "木村畫材", SUPPLIER, ""),
                    new Person("he", "何稽核", AUDITOR, ""),
                    new Person("xiaoman", "小滿", MEMBER, "60"),
                    new Person("acheng", "阿澄", MEMBER, ""),
                    new Person("lele", "樂樂", MEMBER, "180"),
                    new Person("mina", "Mina", MEMBER, "240"),
                    new Person("xiaoshan", "小山", MEMBER, ""),
                    new Person("theo", "Theo", MEMBER, "320"),
                    new Person("anan", "安安", MEMBER, "150"),
                    new Person("ziqing", "子晴", MEMBER, ""),
                    new Person("abu", "阿布", MEMBER, "90"));

    static final List<Ware> WARES =
            List.of(
                    new Ware("水彩顏料", false, "4", 2_000),
                    new Ware("蠟筆", false, "2.5", 2_000),
                    new Ware("圖畫紙", false, "1", 5_000),
                    new Ware("黏土", false, "3", 1_500),
                    new Ware("數位畫框", false, "10", 800),
                    new Ware("二號筆", true, "0.5", 5_000),
                    new Ware("剪刀", true, "0.3", 4_000));

    static final String WATERCOLOUR = "水彩・數位畫框";
    static final String CRAYON = "蠟筆日記";
    static final String PAPER = "剪紙拼貼";
    static final String CLAY = "黏土小鎮";

    static final List<Instruction> RECIPES =
            List.of(
                    new Instruction(
                            "acheng",
                            WATERCOLOUR,
                            "把一張水彩變成可以收藏的作品：三份顏料、一張紙、一個畫框，用二號筆收邊一次。",
                            "5",
                            List.of(
                                    new Need("水彩顏料", 3),
                                    new Need("圖畫紙", 1),
                                    new Need("數位畫框", 1),
                                    new Need("二號筆", 1))),
                    new Instruction(
                            "mina",
                            CRAYON,
                            "今天看見什麼就畫什麼，兩支蠟筆、一張紙就夠了。",
                            "2",
                            List.of(new Need("蠟筆", 2), new Need("圖畫紙", 1))),
                    new Instruction(
                            "ziqing",
                            PAPER,
                            "剪三刀、貼四張，拼出心裡的樣子，裝進畫框。",
                            "3",
                            List.of(new Need("圖畫紙", 4), new Need("剪刀", 3), new Need("數位畫框", 1))),
                    new Instruction(
                            "xiaoshan",
                            CLAY,
                            "用三塊黏土捏一座小鎮，拍下來，用二號筆添上窗戶。",
                            "4",
                            List.of(new Need("黏土", 3), new Need("二號筆", 2), new Need("數位畫框", 1))));

    static final List<Piece> PIECES =
            List.of(
                    new Piece("xiaoman", "外婆家的魚", WATERCOLOUR, "外婆說這條魚比我還大。", "120"),
                    new Piece("acheng", "雨後的操場", WATERCOLOUR, "水窪裡有一整片天空。", "88"),
                    new Piece("lele", "會飛的茶壺", CRAYON, "它只在星期天飛。", "45"),
                    new Piece("mina", "貓的月亮", PAPER, "貓把月亮藏在耳朵後面。", "96"),
                    new Piece("xiaoshan", "山在散步", CLAY, "走得很慢，所以沒有人發現。", "110"),
                    new Piece("theo", "星期三", CRAYON, "半天課。", "30"),
                    new Piece("anan", "麵包船", PAPER, "靠岸就吃掉。", "72"),
                    new Piece("ziqing", "奶奶的花", WATERCOLOUR, "她記得每一朵的名字。", "84.5"),
                    new Piece("abu", "一百隻鳥的樹", CRAYON, "數到第六十七隻睡著了。", "38"),
                    new Piece("xiaoman", "圖書館的鯨魚", WATERCOLOUR, "噓。", "99"),
                    new Piece("acheng", "池塘開會", PAPER, "青蛙主席請假，由魚代理。", "75"),
                    new Piece("lele", "下課十分鐘", CRAYON, "鐘聲一響就開始跑。", "28"),
                    new Piece("mina", "茶壺爺爺", WATERCOLOUR, "早上會冒煙。", "132"),
                    new Piece("xiaoshan", "貓頭上的夢", CLAY, "", "90"),
                    new Piece("theo", "Seven Mountains", PAPER, "We counted twice.", "66"),
                    new Piece("anan", "我的房子有腳", CRAYON, "搬家很方便。", "41"),
                    new Piece("ziqing", "迷路的船", WATERCOLOUR, "", "77"),
                    new Piece("abu", "彩虹花園", PAPER, "澆水的是雨。", "58.8"),
                    new Piece("xiaoman", "螢火蟲的樹", CRAYON, "下課鈴是亮的。", "52"),
                    new Piece("acheng", "第一次看海", WATERCOLOUR, "沒有看過，用想的。", ""),
                    new Piece("lele", "魚在洗澡", CLAY, "水一直不夠。", "105"),
                    new Piece("mina", "溜滑梯國", PAPER, "國王先溜。", ""),
                    new Piece("xiaoshan", "茶園", CRAYON, "", "36"),
                    new Piece("theo", "Moon Cat", CRAYON, "Last stop: home.", ""),
                    new Piece("anan", "山的五個兒子", WATERCOLOUR, "最小的還在長。", "115"),
                    new Piece("ziqing", "河邊的家", CRAYON, "", ""),
                    new Piece("abu", "早餐船", CLAY, "蛋餅是太陽做的。", "93"),
                    new Piece("xiaoman", "妹妹的花", PAPER, "", ""),
                    new Piece("lele", "颱風假的樹", CRAYON, "窗戶在唱歌。", "33"),
                    new Piece("mina", "鯨魚火車", CRAYON, "載著點心。", "47"));

    static final List<Remix> REMIXES =
            List.of(
                    new Remix(new Piece("lele", "下雨天的魚", CRAYON, "小滿的魚，換我畫下雨天。", "64"), "外婆家的魚"),
                    new Remix(new Piece("anan", "鯨魚晚班車", PAPER, "最後一班，還有位子。", "58"), "鯨魚火車"));

    /** Before the rule change. */
    static final List<Purchase> FIRST_PURCHASES =
            List.of(
                    new Purchase("theo", "外婆家的魚"),
                    new Purchase("mina", "會飛的茶壺"),
                    new Purchase("lele", "星期三"),
                    new Purchase("anan", "一百隻鳥的樹"),
                    new Purchase("theo", "雨後的操場"),
                    new Purchase("abu", "下課十分鐘"),
                    new Purchase("mina", "山在散步"),
                    new Purchase("lele", "我的房子有腳"),
                    new Purchase("theo", "下雨天的魚", "anan"));

    /** What someone who bought offers again, and for how much. */
    static final Piece RESALE = new Piece("theo", "外婆家的魚", WATERCOLOUR, "", "135");

    /** After it: two first sales and the resale. */
    static final List<Purchase> LATER_PURCHASES =
            List.of(
                    new Purchase("anan", "彩虹花園"),
                    new Purchase("mina", "茶園"),
                    new Purchase("mina", RESALE.title()));

    static final List<Wish> WISHES =
            List.of(
                    new Wish(
                            "xiaoshan",
                            "每個月第一個星期六開放畫室",
                            "帶家人一起來，顏料大家分。",
                            List.of("lele", "abu", "ziqing")),
                    new Wish("theo", "教室門口放一面展示牆", "畫完就掛，一週換一次。", List.of("mina")));

    /** Voted through before anybody new comes. */
    static final Motion DECIDED =
            new Motion(
                    "mina",
                    Rule.IDEA_SUPPORT,
                    3,
                    "我們人不多，三個人支持就該能拿出來談。",
                    List.of("mina", "theo", "lele", "anan", "xiaoshan"),
                    List.of("acheng"));

    /** Still to be decided when somebody new comes. */
    static final Motion OPEN =
            new Motion(
                    "acheng",
                    Rule.CREATOR_ROYALTY,
                    1_000,
                    "作品轉手時，多留一點給畫的人。",
                    List.of("acheng", "xiaoman"),
                    List.of("theo"));

    private Community() {}

    static TokenAmount points(String text) {
        return TokenAmount.parsePoints(text);
    }
}
