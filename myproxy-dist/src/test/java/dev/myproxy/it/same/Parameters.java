package dev.myproxy.it.same;

import dev.myproxy.peers.PayloadWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The argument of COM_STMT_EXECUTE behind the statement's id: {@code flags(1) iterations(4) nulls new-types types values}.
 *
 * <pre>
 * [cursor] [again] VALUE…
 *
 * null tiny:1 short:1 int:1 long:1 float:1.5 double:1.5 text:"x" blob:"x" blob:x00
 * date:2026-01-02 datetime:2026-01-02T03:04:05 time:03:04:05
 * data            what COM_STMT_SEND_LONG_DATA has sent
 * </pre>
 *
 * {@code again} says that the types are those of the execution before.
 */
final class Parameters {

    private record Value(int type, Optional<byte[]> bytes, boolean isNull) {}

    private Parameters() {}

    static byte[] read(Words words) {
        PayloadWriter out = new PayloadWriter().u8(words.take("cursor") ? 1 : 0).u32(1);
        boolean again = words.take("again");
        List<Value> values = new ArrayList<>();
        while (!words.isEmpty()) {
            values.add(value(words));
        }
        if (values.isEmpty()) {
            return out.toByteArray();
        }
        byte[] nulls = new byte[(values.size() + 7) / 8];
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).isNull()) {
                nulls[i / 8] |= (byte) (1 << i % 8);
            }
        }
        out.bytes(nulls).u8(again ? 0 : 1);
        if (!again) {
            values.forEach(value -> out.u16(value.type()));
        }
        values.forEach(value -> value.bytes().ifPresent(out::bytes));
        return out.toByteArray();
    }

    private static Value value(Words words) {
        if (words.take("null")) {
            return new Value(6, Optional.empty(), true);
        }
        if (words.take("data")) {
            return new Value(252, Optional.empty(), false);
        }
        PayloadWriter out = new PayloadWriter();
        for (String kind : List.of("text:", "blob:")) {
            if (words.startWith(kind)) {
                words.skip(kind.length());
                byte[] bytes = words.value();
                return new Value(kind.equals("text:") ? 253 : 252,
                        Optional.of(out.lenencBytes(bytes).toByteArray()), false);
            }
        }
        String[] word = words.word().split(":", 2);
        String text = word.length > 1 ? word[1] : "";
        int type = switch (word[0]) {
            case "tiny" -> {
                out.u8(Integer.parseInt(text));
                yield 1;
            }
            case "short" -> {
                out.u16(Integer.parseInt(text));
                yield 2;
            }
            case "int" -> {
                out.u32(Long.parseLong(text));
                yield 3;
            }
            case "long" -> {
                out.u64(Long.parseLong(text));
                yield 8;
            }
            case "float" -> {
                out.u32(Float.floatToIntBits(Float.parseFloat(text)));
                yield 4;
            }
            case "double" -> {
                out.u64(Double.doubleToLongBits(Double.parseDouble(text)));
                yield 5;
            }
            case "date" -> {
                dateTime(out, text);
                yield 10;
            }
            case "datetime" -> {
                dateTime(out, text);
                yield 12;
            }
            case "time" -> {
                time(out, text);
                yield 11;
            }
            default -> throw new IllegalArgumentException("no such parameter: " + word[0]);
        };
        return new Value(type, Optional.of(out.toByteArray()), false);
    }

    private static void dateTime(PayloadWriter out, String text) {
        int[] n = numbers(text);
        out.u8(n.length > 3 ? 7 : 4).u16(n[0]).u8(n[1]).u8(n[2]);
        if (n.length > 3) {
            out.u8(n[3]).u8(n[4]).u8(n[5]);
        }
    }

    private static void time(PayloadWriter out, String text) {
        int[] n = numbers(text);
        out.u8(8).u8(0).u32(0).u8(n[0]).u8(n[1]).u8(n[2]);
    }

    private static int[] numbers(String text) {
        return Stream.of(text.split("[-:T]", -1)).mapToInt(Integer::parseInt).toArray();
    }
}
