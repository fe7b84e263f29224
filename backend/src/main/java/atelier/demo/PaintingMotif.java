package atelier.demo;

import java.awt.Color;

/** What the children of the demo's school paint, each never twice the same. */
enum PaintingMotif {
    FISH,
    PLAYGROUND,
    TEAPOT,
    CAT_MOON,
    MOUNTAINS,
    HOUSES,
    BOAT,
    FLOWERS,
    TREE,
    WHALE;

    private static final Color INK = new Color(0x38332c);
    private static final Color RED = new Color(0xcf4a38);
    private static final Color ORANGE = new Color(0xe8924a);
    private static final Color YELLOW = new Color(0xf2c94f);
    private static final Color GREEN = new Color(0x6b9a5b);
    private static final Color LEAF = new Color(0x3f7a55);
    private static final Color SKY = new Color(0xa8cfe0);
    private static final Color WATER = new Color(0x5b93b8);
    private static final Color NIGHT = new Color(0x34456f);
    private static final Color PINK = new Color(0xe9a3a8);
    private static final Color LILAC = new Color(0xa58cc0);
    private static final Color EARTH = new Color(0x9a7048);
    private static final Color WHITE = new Color(0xfbf8f0);

    void paint(PaintingBrush brush) {
        switch (this) {
            case FISH -> fish(brush);
            case PLAYGROUND -> playground(brush);
            case TEAPOT -> teapot(brush);
            case CAT_MOON -> catMoon(brush);
            case MOUNTAINS -> mountains(brush);
            case HOUSES -> houses(brush);
            case BOAT -> boat(brush);
            case FLOWERS -> flowers(brush);
            case TREE -> tree(brush);
            case WHALE -> whale(brush);
        }
    }

    private static void fish(PaintingBrush brush) {
        brush.sweep(WATER, 0, 1000);
        for (int i = brush.count(3, 5); i > 0; i--) {
            reed(brush, brush.any(40, 760));
        }
        int fishes = brush.count(2, 4);
        for (int i = 0; i < fishes; i++) {
            double y = 180 + 620.0 * i / fishes + brush.any(-20, 60);
            swimmer(brush, brush.any(260, 540), y, brush.any(0.75, 1.25));
        }
        for (int i = brush.count(8, 14); i > 0; i--) {
            double size = brush.any(10, 30);
            brush.oval(WHITE, brush.any(40, 760), brush.any(40, 700), size, size);
        }
    }

    private static void swimmer(PaintingBrush brush, double x, double y, double size) {
        Color body = brush.pick(RED, ORANGE, YELLOW, PINK);
        double side = brush.pick(RED, WHITE).equals(RED) ? 1 : -1;
        double s = size * side;
        brush.shape(
                body, 8, x - 120 * s, y, x - 240 * s, y - 80 * size, x - 230 * s, y + 80 * size);
        brush.oval(body, x, y, 320 * size, 180 * size);
        brush.shape(
                brush.pick(ORANGE, YELLOW, LILAC),
                6,
                x - 40 * s,
                y - 70 * size,
                x + 30 * s,
                y - 140 * size,
                x + 60 * s,
                y - 60 * size);
        for (int i = -1; i <= 1; i++) {
            double across = x + (i * 50 - 30) * s;
            brush.line(WHITE, 9, across, y - 60 * size, across - 20 * s, y, across, y + 60 * size);
        }
        brush.oval(WHITE, x + 100 * s, y - 20 * size, 46 * size, 46 * size);
        brush.blot(INK, x + 106 * s, y - 20 * size, 22 * size, 22 * size);
        brush.line(
                INK,
                5,
                x + 120 * s,
                y + 30 * size,
                x + 135 * s,
                y + 42 * size,
                x + 155 * s,
                y + 22 * size);
    }

    private static void reed(PaintingBrush brush, double x) {
        double top = brush.any(480, 760);
        brush.line(LEAF, 16, x, 1000, x + 30, 900, x - 30, 800, x + 10, top);
        brush.line(GREEN, 12, x + 30, 1000, x + 50, 920, x + 10, 860, x + 40, top + 60);
    }

    private static void playground(PaintingBrush brush) {
        brush.sweep(new Color(0xb9c4c9), 0, 560);
        rainbow(brush);
        brush.sweep(GREEN, 580, 1000);
        for (int i = brush.count(3, 5); i > 0; i--) {
            puddle(brush, brush.any(120, 680), brush.any(760, 950));
        }
        swing(brush, brush.any(120, 200));
        slide(brush, brush.any(470, 540));
        child(brush, brush.any(330, 430), brush.any(720, 800));
        for (int i = brush.count(10, 26); i > 0; i--) {
            double x = brush.any(20, 780);
            double y = brush.any(20, 520);
            brush.line(WATER, 4, x, y, x - 8, y + 26);
        }
    }

    private static void rainbow(PaintingBrush brush) {
        Color[] bows = {RED, ORANGE, YELLOW, GREEN, WATER, LILAC};
        double middle = brush.any(320, 480);
        for (int i = 0; i < bows.length; i++) {
            double reach = 420 - 26.0 * i;
            brush.line(
                    bows[i],
                    24,
                    middle - reach,
                    600,
                    middle - reach * 0.8,
                    600 - reach * 0.75,
                    middle,
                    600 - reach * 1.1,
                    middle + reach * 0.8,
                    600 - reach * 0.75,
                    middle + reach,
                    600);
        }
    }

    private static void puddle(PaintingBrush brush, double x, double y) {
        brush.oval(SKY, x, y, brush.any(140, 240), brush.any(36, 60));
        brush.line(WHITE, 5, x - 30, y - 4, x, y - 8, x + 30, y - 2);
    }

    private static void swing(PaintingBrush brush, double x) {
        Color frame = brush.pick(RED, LILAC, ORANGE);
        brush.line(frame, 16, x - 70, 800, x, 420);
        brush.line(frame, 16, x + 70, 800, x, 420);
        brush.line(frame, 16, x, 420, x + 260, 420);
        brush.line(frame, 16, x + 190, 800, x + 260, 420);
        brush.line(frame, 16, x + 330, 800, x + 260, 420);
        double sway = brush.any(-50, 50);
        brush.line(INK, 5, x + 90, 424, x + 90 + sway, 650);
        brush.line(INK, 5, x + 160, 424, x + 160 + sway, 650);
        brush.line(EARTH, 16, x + 75 + sway, 654, x + 175 + sway, 654);
    }

    private static void slide(PaintingBrush brush, double x) {
        brush.line(YELLOW, 44, x, 460, x + 90, 600, x + 170, 760, x + 260, 800);
        brush.line(INK, 8, x - 50, 820, x - 10, 460);
        brush.line(INK, 8, x - 10, 820, x + 20, 470);
        for (double y = 520; y < 800; y += 60) {
            brush.line(INK, 6, x - 45, y, x + 15, y);
        }
    }

    private static void child(PaintingBrush brush, double x, double y) {
        Color coat = brush.pick(RED, YELLOW, PINK, WATER);
        brush.shape(coat, 6, x - 50, y + 110, x - 20, y, x + 20, y, x + 50, y + 110);
        brush.line(INK, 9, x - 20, y + 110, x - 24, y + 170);
        brush.line(INK, 9, x + 20, y + 110, x + 26, y + 170);
        brush.line(coat, 12, x - 20, y + 30, x - 70, y + brush.any(-30, 60));
        brush.line(coat, 12, x + 20, y + 30, x + 70, y + brush.any(-60, 40));
        brush.oval(new Color(0xf0cba6), x, y - 40, 84, 84);
        brush.blot(brush.pick(INK, EARTH), x, y - 72, 90, 40);
        brush.blot(INK, x - 16, y - 38, 9, 9);
        brush.blot(INK, x + 16, y - 38, 9, 9);
        brush.line(RED, 5, x - 16, y - 18, x, y - 10, x + 16, y - 18);
    }

    private static void teapot(PaintingBrush brush) {
        brush.sweep(brush.pick(SKY, PINK, new Color(0xf2d9a8)), 0, 1000);
        for (int i = brush.count(3, 6); i > 0; i--) {
            cloud(brush, brush.any(80, 720), brush.any(80, 920));
        }
        double x = brush.any(360, 440);
        double y = brush.any(430, 540);
        Color body = brush.pick(WATER, RED, GREEN, LILAC);
        brush.shape(WHITE, 12, x - 230, y - 30, x - 420, y - 170, x - 360, y + 30, x - 240, y + 60);
        brush.shape(WHITE, 12, x + 140, y - 90, x + 330, y - 290, x + 330, y - 90, x + 190, y + 20);
        brush.line(body, 30, x + 190, y - 30, x + 310, y - 60, x + 310, y + 90, x + 180, y + 100);
        brush.line(body, 44, x - 180, y + 60, x - 280, y + 10, x - 320, y - 80);
        brush.oval(body, x, y + 30, 420, 340);
        brush.shape(body, 6, x - 110, y - 120, x - 70, y - 175, x + 70, y - 175, x + 110, y - 120);
        brush.oval(YELLOW, x, y - 195, 50, 50);
        for (int i = 0; i < 7; i++) {
            double angle = 2 * Math.PI * i / 7;
            brush.oval(WHITE, x + 70 * Math.cos(angle), y + 40 + 60 * Math.sin(angle), 54, 54);
        }
        brush.oval(YELLOW, x, y + 40, 60, 60);
        for (int i = 0; i < 3; i++) {
            double steam = x - 330 - i * 26;
            brush.line(
                    WHITE,
                    10,
                    steam,
                    y - 110,
                    steam - 40,
                    y - 170,
                    steam + 20,
                    y - 230,
                    steam - 20,
                    y - 300);
        }
    }

    private static void cloud(PaintingBrush brush, double x, double y) {
        for (int i = 0; i < 4; i++) {
            brush.blot(
                    WHITE,
                    x + i * 46 - 70,
                    y + brush.any(-18, 18),
                    brush.any(90, 130),
                    brush.any(60, 90));
        }
    }

    private static void catMoon(PaintingBrush brush) {
        brush.sweep(NIGHT, 0, 1000);
        double moon = brush.any(360, 470);
        brush.blot(YELLOW, 400, 360, moon, moon);
        brush.blot(new Color(0xf7e2a0), 370, 330, moon * 0.6, moon * 0.55);
        for (int i = brush.count(12, 22); i > 0; i--) {
            star(brush, brush.any(30, 770), brush.any(30, 620), brush.any(8, 18));
        }
        brush.shape(new Color(0x7d3f36), 8, -40, 1040, -40, 800, 400, 720, 840, 800, 840, 1040);
        for (double x = 40; x < 800; x += 90) {
            brush.line(INK, 6, x, 1000, x + 10, brush.any(800, 830));
        }
        cat(
                brush,
                brush.any(320, 470),
                740,
                brush.pick(INK, new Color(0xd98d4b), new Color(0x8d8f98)));
    }

    private static void star(PaintingBrush brush, double x, double y, double size) {
        for (int i = 0; i < 4; i++) {
            double angle = Math.PI * i / 4;
            double across = size * Math.cos(angle);
            double down = size * Math.sin(angle);
            brush.line(YELLOW, 4, x - across, y - down, x + across, y + down);
        }
    }

    private static void cat(PaintingBrush brush, double x, double y, Color fur) {
        brush.line(fur, 30, x + 80, y, x + 190, y - 20, x + 210, y - 140, x + 150, y - 200);
        brush.oval(fur, x, y - 90, 210, 250);
        brush.shape(fur, 4, x - 95, y - 240, x - 95, y - 340, x - 20, y - 280);
        brush.shape(fur, 4, x + 95, y - 240, x + 95, y - 340, x + 20, y - 280);
        brush.oval(fur, x, y - 230, 210, 170);
        brush.oval(YELLOW, x - 45, y - 240, 44, 50);
        brush.oval(YELLOW, x + 45, y - 240, 44, 50);
        brush.blot(INK, x - 45, y - 240, 14, 36);
        brush.blot(INK, x + 45, y - 240, 14, 36);
        brush.blot(PINK, x, y - 200, 26, 18);
        for (int i = -1; i <= 1; i++) {
            brush.line(WHITE, 4, x - 30, y - 195 + i * 12, x - 130, y - 205 + i * 28);
            brush.line(WHITE, 4, x + 30, y - 195 + i * 12, x + 130, y - 205 + i * 28);
        }
    }

    private static void mountains(PaintingBrush brush) {
        brush.sweep(brush.pick(SKY, new Color(0xf0cfae), PINK), 0, 700);
        double sun = brush.any(110, 180);
        brush.blot(
                brush.pick(RED, ORANGE, YELLOW),
                brush.any(150, 650),
                brush.any(130, 280),
                sun,
                sun);
        Color[] ranges = {LILAC, new Color(0x7f97b5), new Color(0x5f8a86), LEAF};
        for (int i = 0; i < ranges.length; i++) {
            range(brush, ranges[i], 420 + 130.0 * i, 250 - 40.0 * i);
        }
        brush.sweep(new Color(0xd9c98a), 930, 1000);
        for (int i = brush.count(4, 8); i > 0; i--) {
            pine(brush, brush.any(40, 760), brush.any(840, 980), brush.any(0.6, 1.2));
        }
        for (int i = brush.count(3, 6); i > 0; i--) {
            double x = brush.any(100, 700);
            double y = brush.any(80, 320);
            brush.line(INK, 4, x - 26, y - 12, x, y, x + 26, y - 14);
        }
    }

    private static void range(PaintingBrush brush, Color colour, double foot, double height) {
        double[] ridge = new double[2 * 9];
        for (int i = 0; i < 7; i++) {
            ridge[2 * i] = -60 + 153.0 * i;
            ridge[2 * i + 1] = foot - (i % 2 == 0 ? 0.2 : 1) * height * brush.any(0.7, 1.2);
        }
        ridge[14] = 860;
        ridge[15] = 1060;
        ridge[16] = -60;
        ridge[17] = 1060;
        brush.wash(colour, 10, ridge);
    }

    private static void pine(PaintingBrush brush, double x, double foot, double size) {
        brush.line(EARTH, 14 * size, x, foot, x, foot - 50 * size);
        for (int i = 0; i < 3; i++) {
            double base = foot - (40 + 55 * i) * size;
            double half = (70 - 16 * i) * size;
            brush.shape(LEAF, 5, x - half, base, x, base - 110 * size, x + half, base);
        }
    }

    private static void houses(PaintingBrush brush) {
        brush.sweep(SKY, 0, 620);
        brush.blot(YELLOW, brush.any(100, 700), 150, 130, 130);
        cloud(brush, brush.any(150, 650), brush.any(90, 220));
        brush.sweep(GREEN, 640, 1000);
        double x = brush.any(20, 60);
        while (x < 640) {
            double width = brush.any(150, 220);
            house(brush, x, brush.any(700, 760), width, brush.any(200, 380));
            x += width + brush.any(8, 30);
        }
        brush.wash(
                new Color(0xd7c7a4),
                10,
                -30,
                900,
                300,
                860,
                560,
                900,
                840,
                850,
                840,
                960,
                -30,
                990);
        for (int i = brush.count(5, 9); i > 0; i--) {
            flower(brush, brush.any(30, 770), brush.any(800, 860), 0.35);
        }
    }

    private static void house(
            PaintingBrush brush, double x, double foot, double width, double height) {
        Color wall = brush.pick(WHITE, YELLOW, PINK, new Color(0xd9e2c5), ORANGE);
        double top = foot - height;
        brush.shape(
                wall, 4, x, foot, x, foot, x, top, x, top, x + width, top, x + width, top,
                x + width, foot, x + width, foot);
        brush.shape(
                brush.pick(RED, EARTH, NIGHT, LEAF),
                4,
                x - 18,
                top + 8,
                x - 18,
                top + 8,
                x + width / 2,
                top - brush.any(80, 130),
                x + width + 18,
                top + 8,
                x + width + 18,
                top + 8);
        double door = x + width * brush.any(0.25, 0.6);
        brush.shape(
                EARTH, 3, door, foot, door, foot, door, foot - 84, door, foot - 84, door + 46,
                foot - 84, door + 46, foot - 84, door + 46, foot, door + 46, foot);
        for (double y = top + 34; y < foot - 130; y += 78) {
            window(brush, x + width * 0.22, y);
            window(brush, x + width * 0.62, y);
        }
    }

    private static void window(PaintingBrush brush, double x, double y) {
        brush.shape(
                brush.pick(SKY, YELLOW),
                2,
                x,
                y,
                x,
                y,
                x,
                y + 44,
                x,
                y + 44,
                x + 40,
                y + 44,
                x + 40,
                y + 44,
                x + 40,
                y,
                x + 40,
                y);
        brush.line(INK, 3, x + 20, y, x + 20, y + 44);
        brush.line(INK, 3, x, y + 22, x + 40, y + 22);
    }

    private static void boat(PaintingBrush brush) {
        brush.sweep(brush.pick(SKY, new Color(0xf4d7b0), PINK), 0, 560);
        brush.blot(
                brush.pick(ORANGE, RED, YELLOW),
                brush.any(140, 660),
                brush.any(160, 300),
                150,
                150);
        brush.sweep(WATER, 580, 1000);
        double x = brush.any(340, 460);
        double y = brush.any(640, 720);
        brush.line(EARTH, 14, x, y, x, y - 420);
        brush.shape(
                brush.pick(WHITE, YELLOW, PINK),
                8,
                x + 14,
                y - 400,
                x + 14,
                y - 60,
                x + 210,
                y - 80);
        brush.shape(
                brush.pick(RED, ORANGE, LILAC),
                8,
                x - 14,
                y - 340,
                x - 14,
                y - 70,
                x - 150,
                y - 80);
        brush.shape(RED, 4, x, y - 420, x + 70, y - 440, x, y - 460);
        brush.shape(
                brush.pick(EARTH, RED, LEAF),
                8,
                x - 240,
                y - 40,
                x - 160,
                y + 80,
                x + 170,
                y + 80,
                x + 250,
                y - 40);
        for (int i = brush.count(9, 14); i > 0; i--) {
            double wave = brush.any(20, 700);
            double down = brush.any(720, 980);
            brush.line(
                    WHITE,
                    6,
                    wave,
                    down,
                    wave + 30,
                    down - 16,
                    wave + 60,
                    down,
                    wave + 90,
                    down - 16,
                    wave + 120,
                    down);
        }
    }

    private static void flowers(PaintingBrush brush) {
        brush.sweep(brush.pick(new Color(0xf3e3c3), SKY, new Color(0xe4ddea)), 0, 1000);
        brush.sweep(EARTH, 860, 1000);
        int stems = brush.count(5, 7);
        for (int i = 0; i < stems; i++) {
            double x = 110 + 580.0 * i / (stems - 1) + brush.any(-20, 20);
            double top = brush.any(240, 560);
            brush.line(LEAF, 14, x, 880, x + brush.any(-40, 40), (880 + top) / 2, x, top);
            brush.shape(GREEN, 5, x, 740, x + 80, 680, x + 110, 720, x + 40, 770);
            flower(brush, x, top, brush.any(0.9, 1.4));
        }
        butterfly(brush, brush.any(150, 650), brush.any(90, 200));
    }

    private static void flower(PaintingBrush brush, double x, double y, double size) {
        Color petal = brush.pick(RED, PINK, YELLOW, LILAC, ORANGE, WHITE);
        int petals = brush.count(5, 8);
        for (int i = 0; i < petals; i++) {
            double angle = 2 * Math.PI * i / petals;
            brush.oval(
                    petal,
                    x + 55 * size * Math.cos(angle),
                    y + 55 * size * Math.sin(angle),
                    66 * size,
                    66 * size);
        }
        brush.oval(petal.equals(YELLOW) ? EARTH : YELLOW, x, y, 64 * size, 64 * size);
    }

    private static void butterfly(PaintingBrush brush, double x, double y) {
        Color wing = brush.pick(WATER, LILAC, ORANGE, PINK);
        brush.oval(wing, x - 46, y - 20, 80, 70);
        brush.oval(wing, x + 46, y - 20, 80, 70);
        brush.oval(wing, x - 34, y + 36, 54, 50);
        brush.oval(wing, x + 34, y + 36, 54, 50);
        brush.line(INK, 9, x, y - 40, x, y + 50);
        brush.line(INK, 4, x, y - 40, x - 20, y - 74);
        brush.line(INK, 4, x, y - 40, x + 20, y - 74);
    }

    private static void tree(PaintingBrush brush) {
        brush.sweep(SKY, 0, 760);
        brush.sweep(GREEN, 780, 1000);
        double x = brush.any(350, 450);
        brush.shape(
                EARTH, 10, x - 70, 880, x - 34, 700, x - 44, 480, x + 44, 480, x + 34, 700, x + 80,
                880);
        brush.line(EARTH, 30, x - 10, 560, x - 120, 440, x - 190, 400);
        brush.line(EARTH, 30, x + 10, 540, x + 130, 430, x + 200, 380);
        Color crown = brush.pick(LEAF, GREEN, ORANGE, PINK);
        for (int i = 0; i < 16; i++) {
            brush.blot(
                    crown,
                    x + brush.any(-240, 240),
                    brush.any(150, 440),
                    brush.any(120, 200),
                    brush.any(110, 170));
        }
        for (int i = brush.count(8, 14); i > 0; i--) {
            double size = brush.any(30, 44);
            brush.oval(
                    brush.pick(RED, YELLOW),
                    x + brush.any(-230, 230),
                    brush.any(160, 440),
                    size,
                    size);
        }
        child(brush, brush.any(130, 200), 760);
        butterfly(brush, brush.any(600, 700), brush.any(560, 680));
    }

    private static void whale(PaintingBrush brush) {
        brush.sweep(SKY, 0, 430);
        brush.sweep(WATER, 430, 1000);
        double x = brush.any(370, 430);
        double y = brush.any(560, 640);
        Color skin = brush.pick(NIGHT, new Color(0x7d8fa8), LILAC);
        brush.shape(
                skin, 12, x + 200, y, x + 330, y - 150, x + 250, y - 200, x + 360, y - 190, x + 440,
                y - 240, x + 400, y - 120, x + 270, y + 60);
        brush.oval(skin, x, y, 600, 330);
        brush.shape(
                WHITE, 10, x - 290, y + 20, x - 100, y + 60, x + 120, y + 80, x + 60, y + 155,
                x - 130, y + 150, x - 250, y + 100);
        brush.oval(WHITE, x - 180, y - 40, 50, 50);
        brush.blot(INK, x - 184, y - 38, 24, 24);
        for (int i = -2; i <= 2; i++) {
            brush.line(
                    WHITE,
                    14,
                    x - 90,
                    y - 160,
                    x - 90 + i * 26,
                    y - 300,
                    x - 90 + i * 70,
                    y - 260 + Math.abs(i) * 24);
        }
        for (int i = brush.count(6, 10); i > 0; i--) {
            double wave = brush.any(10, 680);
            double down = brush.any(800, 980);
            brush.line(WHITE, 6, wave, down, wave + 40, down - 18, wave + 80, down);
        }
        cloud(brush, brush.any(140, 660), brush.any(80, 200));
    }
}
