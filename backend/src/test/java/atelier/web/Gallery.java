package atelier.web;

import atelier.chain.Intent;
import atelier.chain.IntentState;
import atelier.chain.web.IntentWords;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.Refused;
import atelier.kernel.TokenAmount;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.thymeleaf.autoconfigure.ThymeleafAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.ReloadableResourceBundleMessageSource;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;

/**
 * Every piece of the look on its own small server, without database, chain or sign-in, so that it
 * can be looked at while it is being drawn. Language by {@code ?lang=}, a guest by {@code ?guest}.
 */
@TestConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    ThymeleafAutoConfiguration.class
})
@Import({Format.class, Drawings.class, Chrome.class, IntentWords.class, Gallery.Pages.class})
class Gallery {

    public static void main(String[] args) {
        // Named, so that neither is started; nothing here asks for them.
        new SpringApplicationBuilder(Gallery.class)
                .properties("spring.datasource.url=none", "atelier.chain.rpc-url=none")
                .run(args);
    }

    @Bean
    MessageSource messageSource() {
        ReloadableResourceBundleMessageSource messages =
                new ReloadableResourceBundleMessageSource();
        messages.setBasenames(
                "classpath:messages/web",
                "classpath:messages/site",
                "classpath:messages/intents",
                "classpath:messages/ledger",
                "classpath:messages/workshop");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        return messages;
    }

    @Bean
    LocaleResolver localeResolver() {
        return new AcceptHeaderLocaleResolver() {
            @Override
            public Locale resolveLocale(jakarta.servlet.http.HttpServletRequest request) {
                String language = request.getParameter("lang");
                return language == null
                        ? Locale.TRADITIONAL_CHINESE
                        : Locale.forLanguageTag(language);
            }
        };
    }

    @Bean
    Masthead masthead() {
        return () ->
                guest()
                        ? Optional.empty()
                        : Optional.of(
                                new Masthead.Reader(
                                        "林小滿",
                                        TokenAmount.ofUnits(128_450),
                                        Set.of("MEMBER", "ADMIN")));
    }

    private static boolean guest() {
        return RequestContextHolder.currentRequestAttributes()
                        instanceof ServletRequestAttributes now
                && now.getRequest().getParameter("guest") != null;
    }

    /** The policy that the real pages have. */
    @Bean
    FilterRegistrationBean<Filter> policy() {
        return new FilterRegistrationBean<>((request, response, chain) -> {
            ((HttpServletResponse) response)
                    .setHeader("Content-Security-Policy", SecurityConfiguration.CONTENT_POLICY);
            chain.doFilter(request, response);
        });
    }

    /** What a form in the gallery carries. */
    public record Sample(
            @Nullable String email,
            @Nullable String text,
            @Nullable String price,
            @Nullable String recipe,
            boolean agreed) {}

    /** The gallery's rooms. */
    @Controller
    static class Pages {

        private static final List<String> TITLES =
                List.of("外婆家的魚", "雨後的操場", "會飛的茶壺", "貓的月亮", "山在散步", "星期三", "給弟弟的一百隻恐龍");

        @GetMapping("/gallery/wall")
        String wall(Model model) {
            model.addAttribute("cards", cards());
            model.addAttribute("pager", Pager.pages("/gallery/wall", Map.of("q", "貓 & 月"), 2, 5));
            model.addAttribute(
                    "sorts", List.of(new Choice("new", "最新"), new Choice("low", "價格低到高")));
            model.addAttribute("notice", Notice.done("web.state.final"));
            return "gallery/wall";
        }

        @GetMapping("/gallery/work")
        String work(Model model) {
            model.addAttribute("receipt", receipt());
            return "gallery/work";
        }

        @GetMapping("/gallery/pieces")
        String pieces(Model model) {
            model.addAttribute("card", recipe());
            model.addAttribute("receipt", receipt());
            model.addAttribute("lag", Duration.ofSeconds(3));
            return "gallery/pieces";
        }

        @GetMapping("/gallery/form")
        String form(Model model) {
            Sample sample = new Sample("mina@", "", "12.345", "1", false);
            BindingResult wrong = new BeanPropertyBindingResult(sample, "form");
            wrong.rejectValue("email", "x", "這不像電子郵件地址,請檢查「@」後面的部分。");
            model.addAttribute("form", sample);
            model.addAttribute(BindingResult.MODEL_KEY_PREFIX + "form", wrong);
            model.addAttribute("refused", Refused.conflict("points.insufficient", "12.4"));
            model.addAttribute(
                    "options",
                    List.of(
                            new Choice("1", "水彩・數位畫框"),
                            new Choice("2", "拼貼・四格"),
                            new Choice("3", "蠟筆・海報")));
            return "gallery/form";
        }

        @GetMapping("/gallery/landing")
        String landing(Model model) {
            List<WorkCard> cards = cards();
            model.addAttribute("first", cards.getFirst());
            model.addAttribute("newest", cards.subList(1, 6));
            model.addAttribute("example", receipt());
            return "site/landing";
        }

        @GetMapping({"/gallery/home", "/"})
        String home(Model model, @RequestParam(defaultValue = "5") int works) {
            model.addAttribute(
                    "home",
                    Map.of(
                            "name",
                            "林小滿",
                            "points",
                            TokenAmount.ofUnits(20_000),
                            "held",
                            TokenAmount.ofUnits(3070),
                            "welcomeOwed",
                            false,
                            "underWay",
                            List.of(
                                    step(1, "ledger.welcome", new IntentState.Waiting()),
                                    step(
                                            2,
                                            "workshop.make",
                                            new IntentState.InBlock(Hash32.ZERO, 7))),
                            "next",
                            Map.of("key", works == 0 ? "make" : "list", "href", "/studio"),
                            "works",
                            cards().subList(0, works),
                            "newest",
                            cards().subList(5, 10)));
            return "site/home";
        }

        private static Intent step(int number, String kind, IntentState state) {
            byte[] id = new byte[Hash32.LENGTH];
            id[0] = (byte) number;
            return new Intent(
                    new IntentId(Hash32.of(id)), null, kind, "", state, Instant.EPOCH, null);
        }

        @GetMapping({"/gallery/proof", "/proof"})
        String proof(Model model, @RequestParam(defaultValue = "true") boolean sound) {
            model.addAttribute(
                    "proof",
                    Map.of(
                            "sound",
                            sound,
                            "chainAnswers",
                            true,
                            "mirror",
                            Map.of(
                                    "nodeHead",
                                    12_345L,
                                    "height",
                                    12_345L,
                                    "lag",
                                    0L,
                                    "finalHeight",
                                    12_342L,
                                    "time",
                                    Instant.EPOCH,
                                    "hash",
                                    "0x" + "5fbd".repeat(16),
                                    "chainId",
                                    31337L),
                            "assets",
                            List.of(
                                    Map.of(
                                            "name",
                                            "點數",
                                            "supply",
                                            "1,284,000",
                                            "holdings",
                                            sound ? "1,284,000" : "1,283,999.5",
                                            "difference",
                                            sound ? "0" : "−0.5",
                                            "sound",
                                            sound),
                                    Map.of(
                                            "name",
                                            "水彩顏料",
                                            "supply",
                                            "990",
                                            "holdings",
                                            "990",
                                            "difference",
                                            "0",
                                            "sound",
                                            true),
                                    Map.of(
                                            "name",
                                            "作品",
                                            "supply",
                                            "31",
                                            "holdings",
                                            "31",
                                            "difference",
                                            "0",
                                            "sound",
                                            true)),
                            "samples",
                            Map.of(
                                    "block",
                                    12_345L,
                                    "compared",
                                    480L,
                                    "differing",
                                    0,
                                    "sound",
                                    true),
                            "contracts",
                            Stream.of("Points", "Supplies", "Works", "AccessManager")
                                    .map(Pages::contract)
                                    .toList()));
            return "site/proof";
        }

        private static Map<String, Object> contract(String kind) {
            Map<String, Object> contract = new HashMap<>();
            contract.put("kind", kind);
            contract.put("at", "0x" + "a3c1".repeat(10));
            contract.put("lastBlock", kind.equals("Works") ? 900L : null);
            return contract;
        }

        @GetMapping("/gallery/member")
        String member(Model model) {
            model.addAttribute(
                    "shelf",
                    Map.of(
                            "name",
                            "林小滿",
                            "joined",
                            Instant.EPOCH,
                            "count",
                            7,
                            "works",
                            cards().subList(0, 7)));
            return "site/member";
        }

        @GetMapping("/gallery/about")
        String about() {
            return "site/about";
        }

        @GetMapping("/gallery/problem/{status}")
        String problem(Model model, @PathVariable int status) {
            model.addAttribute("status", status);
            model.addAttribute("title", status == 404 ? "這裡沒有東西" : "這裡出了一點問題");
            model.addAttribute("remedy", "請稍後再試一次。如果還是不行，請告訴管理這裡的人。");
            model.addAttribute("code", status == 404 ? "resource.unknown" : "incident");
            model.addAttribute(
                    "incident", status < 500 ? null : "7f2c1d60-0d8a-4c37-9a55-3b8f1c1f2a90");
            return "web/problem";
        }

        /** A step that is final at once. */
        @GetMapping("/intents/{id}/events")
        ResponseEntity<String> events(@PathVariable String id) {
            return ResponseEntity.ok()
                    .contentType(MediaType.TEXT_EVENT_STREAM)
                    .body(
                            "data: {\"state\":\"f\",\"words\":\"已確定 %s\"}\n\n"
                                    .formatted(id.substring(0, 4)));
        }

        @GetMapping("/art/{n}")
        ResponseEntity<String> art(
                @PathVariable int n, @RequestParam(defaultValue = "5") int tall) {
            return ResponseEntity.ok()
                    .contentType(MediaType.parseMediaType("image/svg+xml"))
                    .cacheControl(CacheControl.noStore())
                    .body(Art.draw(n, tall));
        }

        private static List<WorkCard> cards() {
            return IntStream.range(0, TITLES.size() * 2)
                    .mapToObj(i ->
                            new WorkCard(
                                    "/gallery/work",
                                    "/art/" + i,
                                    TITLES.get(i % TITLES.size()),
                                    List.of("小滿", "阿澄", "樂樂", "Mina").get(i % 4),
                                    "水彩・數位畫框",
                                    i * 7L + 5,
                                    i % 5 == 3 ? null : TokenAmount.ofUnits(9500 + i * 4210)))
                    .toList();
        }

        private static Receipt receipt() {
            return new Receipt(
                    List.of(
                            new Receipt.Line(
                                    "賣家 小滿", null, TokenAmount.ofUnits(26_880), Tone.SELLER),
                            new Receipt.Line(
                                    "創作者 樂樂", "8%", TokenAmount.ofUnits(2_560), Tone.CREATOR),
                            new Receipt.Line(
                                    "配方作者 阿澄", "3%", TokenAmount.ofUnits(960), Tone.AUTHOR),
                            new Receipt.Line(
                                    "社群金庫", "5%", TokenAmount.ofUnits(1_600), Tone.TREASURY)),
                    TokenAmount.ofUnits(32_000));
        }

        private static RecipeCard recipe() {
            return new RecipeCard(
                    "水彩・數位畫框",
                    "把一張水彩變成可以收藏的作品。",
                    "/recipes/1",
                    List.of(
                            new RecipeCard.Part(
                                    RecipeCard.Kind.MATERIAL,
                                    "水彩顏料",
                                    3,
                                    "木村畫材 12 · 社群 1.2",
                                    TokenAmount.ofUnits(1320)),
                            new RecipeCard.Part(
                                    RecipeCard.Kind.MATERIAL,
                                    "數位畫框",
                                    1,
                                    "社群供應 10 · 社群 1",
                                    TokenAmount.ofUnits(1100)),
                            new RecipeCard.Part(
                                    RecipeCard.Kind.TOOL,
                                    "二號筆",
                                    1,
                                    "工具耗損 1.5,你還有 73 次",
                                    TokenAmount.ofUnits(150)),
                            new RecipeCard.Part(
                                    RecipeCard.Kind.FEE,
                                    "配方費",
                                    0,
                                    "阿澄 4 · 社群 1",
                                    TokenAmount.ofUnits(500))),
                    TokenAmount.ofUnits(3070));
        }
    }

    /** Pictures that look painted, the same for the same number. */
    static final class Art {

        private static final List<List<String>> PALETTES =
                List.of(
                        List.of("#e8a33d", "#2f4a7d", "#f3e3c3"),
                        List.of("#b8372a", "#2f6f51", "#f5e6da"),
                        List.of("#5b8fb9", "#e8c547", "#eef3f2"),
                        List.of("#8e5a9b", "#e27d60", "#f7ece1"),
                        List.of("#2f6f51", "#e8a33d", "#eaf1e3"),
                        List.of("#c45b7c", "#3c6e71", "#f6e9ec"));

        private Art() {}

        static String draw(int n, int tall) {
            List<String> colours = PALETTES.get(n % PALETTES.size());
            SplittableRandom random = new SplittableRandom(n * 97L + 3);
            int height = tall * 80;
            StringBuilder svg = new StringBuilder();
            svg.append(
                    "<svg xmlns='http://www.w3.org/2000/svg' width='320' height='%d'><rect width='320' height='%d' fill='%s'/>"
                            .formatted(height, height, colours.get(2)));
            for (int i = 0; i < 10; i++) {
                svg.append(
                        "<circle cx='%d' cy='%d' r='%d' fill='%s' opacity='.%d'/>"
                                .formatted(
                                        random.nextInt(320),
                                        random.nextInt(height),
                                        20 + random.nextInt(70),
                                        colours.get(i % 2),
                                        25 + random.nextInt(50)));
            }
            for (int i = 0; i < 5; i++) {
                svg.append(
                        "<path d='M%d %dq%d %d %d %d' stroke='%s' stroke-width='%d' fill='none' stroke-linecap='round' opacity='.8'/>"
                                .formatted(
                                        random.nextInt(320),
                                        random.nextInt(height),
                                        random.nextInt(140) - 70,
                                        random.nextInt(140) - 70,
                                        random.nextInt(190) - 95,
                                        random.nextInt(95),
                                        colours.get(1 - i % 2),
                                        3 + random.nextInt(11)));
            }
            return svg.append("</svg>").toString();
        }
    }
}
