package dev.myproxy.lua.luaj.std;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** {@code strftime} in the C locale. */
final class DateFormat {

    private DateFormat() {}

    static String format(String pattern, ZonedDateTime time) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c != '%' || i + 1 == pattern.length()) {
                text.append(c);
                continue;
            }
            char letter = pattern.charAt(++i);
            if ((letter == 'E' || letter == 'O') && i + 1 < pattern.length()) {
                letter = pattern.charAt(++i);
            }
            text.append(part(letter, time));
        }
        return text.toString();
    }

    private static String part(char letter, ZonedDateTime time) {
        int weekday = time.getDayOfWeek().getValue();
        int hour12 = (time.getHour() + 11) % 12 + 1;
        return switch (letter) {
            case 'a' -> named("EEE", time);
            case 'A' -> named("EEEE", time);
            case 'b', 'h' -> named("MMM", time);
            case 'B' -> named("MMMM", time);
            case 'c' -> format("%a %b %e %H:%M:%S %Y", time);
            case 'C' -> two(time.getYear() / 100);
            case 'd' -> two(time.getDayOfMonth());
            case 'D', 'x' -> format("%m/%d/%y", time);
            case 'e' -> String.format("%2d", time.getDayOfMonth());
            case 'F' -> format("%Y-%m-%d", time);
            case 'g' -> two(time.get(IsoFields.WEEK_BASED_YEAR) % 100);
            case 'G' -> Integer.toString(time.get(IsoFields.WEEK_BASED_YEAR));
            case 'H' -> two(time.getHour());
            case 'I' -> two(hour12);
            case 'j' -> String.format("%03d", time.getDayOfYear());
            case 'k' -> String.format("%2d", time.getHour());
            case 'l' -> String.format("%2d", hour12);
            case 'm' -> two(time.getMonthValue());
            case 'M' -> two(time.getMinute());
            case 'n' -> "\n";
            case 'p' -> time.getHour() < 12 ? "AM" : "PM";
            case 'P' -> time.getHour() < 12 ? "am" : "pm";
            case 'r' -> format("%I:%M:%S %p", time);
            case 'R' -> format("%H:%M", time);
            case 's' -> Long.toString(time.toEpochSecond());
            case 'S' -> two(time.getSecond());
            case 't' -> "\t";
            case 'T', 'X' -> format("%H:%M:%S", time);
            case 'u' -> Integer.toString(weekday);
            case 'U' -> two((time.getDayOfYear() + 6 - weekday % 7) / 7);
            case 'V' -> two(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            case 'w' -> Integer.toString(weekday % 7);
            case 'W' -> two((time.getDayOfYear() + 6 - (weekday + 6) % 7) / 7);
            case 'y' -> two(time.getYear() % 100);
            case 'Y' -> Integer.toString(time.getYear());
            case 'z' -> named("xx", time);
            case 'Z' -> named("zzz", time).equals("Z") ? "GMT" : named("zzz", time);
            case '%' -> "%";
            default -> "%" + letter;
        };
    }

    private static String two(int number) {
        return String.format("%02d", number);
    }

    private static String named(String pattern, ZonedDateTime time) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(time);
    }
}
