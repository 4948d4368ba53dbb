package dev.myproxy.dist.log;

import dev.myproxy.protocol.ByteString;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names and values of fields. */
final class Fields {

    private static final String PREFIX = "MYPROXY_";

    private static final Pattern OTHERS = Pattern.compile("[^A-Z0-9_]");

    /** The journal ignores fields with longer names. */
    private static final int LONGEST_NAME = 64;

    private Fields() {}

    /** A field's name in the journal: capital letters, digits and underscores. */
    static String journalName(String key) {
        String name = PREFIX + OTHERS.matcher(key.toUpperCase(Locale.ROOT)).replaceAll("_");
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }

    /** A value as the journal gets it: what a peer sent as it came, everything else as text. */
    static byte[] bytes(Object value) {
        return switch (value) {
            case ByteString text -> text.toByteArray();
            case Double number -> decimal(number).getBytes(StandardCharsets.US_ASCII);
            default -> value.toString().getBytes(StandardCharsets.UTF_8);
        };
    }

    /** With three digits behind the point. */
    static String decimal(double number) {
        return BigDecimal.valueOf(number).setScale(3, RoundingMode.HALF_UP).toPlainString();
    }
}
