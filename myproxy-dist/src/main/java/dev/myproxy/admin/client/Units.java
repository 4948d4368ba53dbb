package dev.myproxy.admin.client;

import java.util.List;
import java.util.Locale;

/** Numbers as people read them. Pure. */
final class Units {

    private static final List<String> BYTES = List.of("B", "kB", "MB", "GB", "TB", "PB");
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Units() {}

    static String count(double number) {
        return String.format(Locale.ROOT, "%.0f", number);
    }

    static String bytes(double number) {
        int unit = 0;
        double value = number;
        while (value >= 999.5 && unit < BYTES.size() - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 || value >= 99.95 ? "%.0f %s" : "%.1f %s", value, BYTES.get(unit));
    }

    static String duration(double seconds) {
        if (seconds < 1) {
            return String.format(Locale.ROOT, "%.0f ms", seconds * 1000);
        }
        long s = (long) seconds;
        if (s < MINUTE) {
            return s + " s";
        }
        if (s < HOUR) {
            return s / MINUTE + " min " + s % MINUTE + " s";
        }
        return s < DAY ? s / HOUR + " h " + s % HOUR / MINUTE + " min" : s / DAY + " d " + s % DAY / HOUR + " h";
    }
}
