package dev.myproxy.pg.conninfo;

import java.util.ArrayList;
import java.util.List;

/**
 * The form {@code postgresql://user:password@host1:port1,[::1]:port2/dbname?option=value&option=value}, in which every
 * part may be left out. Parts are percent-encoded. A host that is a directory must be encoded, or given as an option.
 */
final class UriForm {

    private static final List<String> SCHEMES = List.of("postgresql://", "postgres://");

    private final String uri;
    private final Given given = new Given();
    private int at;

    /** The URI as messages show it. */
    private String shown;

    private UriForm(String uri, int at) {
        this.uri = uri;
        this.at = at;
        this.shown = uri;
    }

    static boolean matches(String text) {
        return SCHEMES.stream().anyMatch(text::startsWith);
    }

    static Given parse(String uri) throws ConninfoException {
        UriForm form = new UriForm(uri, uri.indexOf("://") + 3);
        form.credentials();
        form.hosts();
        if (form.peek() == '/') {
            form.at++;
            form.store(Keyword.DBNAME, form.until("?"));
        }
        if (form.more()) {
            form.at++;
            form.options();
        }
        return form.given;
    }

    /** An {@code @} before the first slash ends user and password. */
    private void credentials() throws ConninfoException {
        int begin = at;
        String both = until("@/");
        if (peek() != '@') {
            at = begin;
            return;
        }
        at++;
        int colon = both.indexOf(':');
        String password = colon < 0 ? "" : both.substring(colon + 1);
        shown = colon < 0 ? uri : uri.substring(0, begin + colon + 1) + "***" + uri.substring(at - 1);
        store(Keyword.USER, colon < 0 ? both : both.substring(0, colon));
        if (!password.isEmpty()) {
            given.set(Keyword.PASSWORD, PercentCode.decode(password, "***"));
        }
    }

    private void hosts() throws ConninfoException {
        List<String> hosts = new ArrayList<>();
        List<String> ports = new ArrayList<>();
        do {
            at += hosts.isEmpty() ? 0 : 1;
            hosts.add(peek() == '[' ? bracketed() : until(":/?,"));
            if (peek() == ':') {
                at++;
                ports.add(until("/?,"));
            } else {
                ports.add("");
            }
            checkHost(hosts.getLast(), ports.getLast());
        } while (peek() == ',');
        store(Keyword.HOST, String.join(",", hosts));
        store(Keyword.PORT, String.join(",", ports));
    }

    /** Rather than look for a host of that name, sees the end of a password with characters that should be encoded. */
    private void checkHost(String host, String port) throws ConninfoException {
        boolean number = port.chars().allMatch(c -> c >= '0' && c <= '9');
        if (host.contains("@") || port.contains("@") || (!number && uri.indexOf('@', at) >= 0)) {
            throw new ConninfoException(
                    "unexpected character \"@\" behind the hosts of a URI: passwords must have it as "
                            + "%40, and \"/\" as %2F");
        }
    }

    private String bracketed() throws ConninfoException {
        at++;
        String host = until("]");
        if (!more()) {
            throw new ConninfoException(
                    "end of string reached when looking for matching \"]\" in IPv6 host address in URI: \"" + shown
                            + "\"");
        }
        if (host.isEmpty()) {
            throw new ConninfoException("IPv6 host address may not be empty in URI: \"" + shown + "\"");
        }
        at++;
        if (more() && ":/?,".indexOf(peek()) < 0) {
            throw new ConninfoException("unexpected character \"" + peek() + "\" at position " + (at + 1)
                    + " in URI (expected \":\" or \"/\"): \"" + shown + "\"");
        }
        return host;
    }

    private void options() throws ConninfoException {
        while (more()) {
            String option = until("&");
            at++;
            int equals = option.indexOf('=');
            if (equals < 0) {
                throw new ConninfoException(
                        "missing key/value separator \"=\" in URI query parameter: \"" + option + "\"");
            }
            String name = option.substring(0, equals);
            String value = option.substring(equals + 1);
            if (value.indexOf('=') >= 0) {
                throw new ConninfoException(
                        "extra key/value separator \"=\" in URI query parameter: \"" + name + "\"");
            }
            option(PercentCode.decode(name, name), value);
        }
    }

    private void option(String name, String encoded) throws ConninfoException {
        boolean secret = name.equals(Keyword.PASSWORD.text) || name.equals(Keyword.SSLPASSWORD.text);
        String value = PercentCode.decode(encoded, secret ? "***" : encoded);
        // What JDBC's users write.
        boolean ssl = name.equals("ssl") && value.equals("true");
        if (!given.set(ssl ? Keyword.SSLMODE.text : name, ssl ? "require" : value)) {
            throw new ConninfoException("invalid URI query parameter: \"" + name + "\"" + Keyword.hint(name));
        }
    }

    private void store(Keyword keyword, String encoded) throws ConninfoException {
        if (!encoded.isEmpty()) {
            given.set(keyword, PercentCode.decode(encoded, encoded));
        }
    }

    /** Takes everything before the first of some characters, or all the rest. */
    private String until(String ends) {
        int begin = at;
        while (more() && ends.indexOf(uri.charAt(at)) < 0) {
            at++;
        }
        return uri.substring(begin, at);
    }

    /** The next character, NUL at the end. */
    private char peek() {
        return more() ? uri.charAt(at) : '\0';
    }

    private boolean more() {
        return at < uri.length();
    }
}
