package dev.myproxy.lua.luaj.std;

/** A set of bytes: a character, a class such as {@code %a}, or a set in brackets. */
final class ByteSet {

    private final long[] bits = new long[4];

    boolean has(int value) {
        return (bits[value >> 6] >>> value & 1) != 0;
    }

    void add(int value) {
        bits[value >> 6] |= 1L << value;
    }

    void addRange(int from, int to) {
        for (int i = from; i <= to; i++) {
            add(i);
        }
    }

    static ByteSet of(int value) {
        ByteSet set = new ByteSet();
        set.add(value);
        return set;
    }

    static ByteSet all() {
        ByteSet set = new ByteSet();
        set.addRange(0, 255);
        return set;
    }

    void invert() {
        for (int i = 0; i < bits.length; i++) {
            bits[i] = ~bits[i];
        }
    }

    /** Adds what {@code %letter} stands for; a letter that is no class stands for itself. */
    void addClass(int letter) {
        int lower = Character.toLowerCase(letter);
        boolean complement = letter != lower;
        boolean known = false;
        ByteSet members = new ByteSet();
        for (int c = 0; c < 256; c++) {
            int kind = kind(lower, c);
            known |= kind >= 0;
            if (kind > 0) {
                members.add(c);
            }
        }
        if (!known) {
            add(letter);
            return;
        }
        if (complement) {
            members.invert();
        }
        for (int i = 0; i < bits.length; i++) {
            bits[i] |= members.bits[i];
        }
    }

    /** 1 for a member, 0 for none, -1 if the letter names no class. */
    private static int kind(int letter, int c) {
        boolean alpha = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        boolean digit = c >= '0' && c <= '9';
        boolean graph = c > ' ' && c < 127;
        boolean member;
        switch (letter) {
            case 'a' -> member = alpha;
            case 'c' -> member = c < ' ' || c == 127;
            case 'd' -> member = digit;
            case 'g' -> member = graph;
            case 'l' -> member = c >= 'a' && c <= 'z';
            case 'p' -> member = graph && !alpha && !digit;
            case 's' -> member = c == ' ' || (c >= 9 && c <= 13);
            case 'u' -> member = c >= 'A' && c <= 'Z';
            case 'w' -> member = alpha || digit;
            case 'x' -> member = digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
            case 'z' -> member = c == 0;
            default -> {
                return -1;
            }
        }
        return member ? 1 : 0;
    }
}
