package dev.myproxy.address;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Ports as configurations write them: numbers, or names of TCP services as in {@code /etc/services}. */
final class PortNumber {

    private static final Path SERVICES = Path.of("/etc/services");

    private PortNumber() {}

    /**
     * @param host for the text of the error
     * @param port as written
     */
    static int parse(String host, String port) throws AddressException {
        if (port.isEmpty()) {
            throw AddressException.unresolved(host, port, "Port is empty");
        }
        if (isNumber(port)) {
            int number = port.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(port);
            if (number > 0xffff) {
                throw AddressException.unresolved(host, port, "Port number is greater than 65535");
            }
            return number;
        }
        return lookUp(SERVICES, port)
                .orElseThrow(() -> AddressException.unresolved(host, port, "Servname not supported for ai_socktype"));
    }

    static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Finds a name or alias; a file that can't be read has no names. */
    static OptionalInt lookUp(Path services, String name) {
        // The file may hold anything in its comments: ISO-8859-1 reads every byte.
        try (Stream<String> lines = Files.lines(services, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.contains(name))
                    .map(line -> line.replaceFirst("#.*", "").trim().split("\\s+"))
                    .filter(words -> words.length >= 2 && words[1].matches("\\d{1,5}/tcp") && names(words, name))
                    .mapToInt(words -> Integer.parseInt(words[1].substring(0, words[1].indexOf('/'))))
                    .filter(port -> port <= 0xffff).findFirst();
        } catch (IOException _) {
            return OptionalInt.empty();
        }
    }

    private static boolean names(String[] words, String name) {
        return words[0].equals(name) || Stream.of(words).skip(2).anyMatch(name::equals);
    }
}
