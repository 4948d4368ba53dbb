package dev.myproxy.pg.conninfo;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Refuses what libpq could do and we can't, so that nobody believes in a protection that is not there. */
final class Unsupported {

    /** Whatever it says, an option that asks for something we can't do. */
    private static final List<Keyword> NEVER = List.of(Keyword.REQUIREPEER, Keyword.REQUIRE_AUTH, Keyword.SSLPASSWORD,
            Keyword.SSLCRLDIR, Keyword.SSLKEYLOGFILE, Keyword.SCRAM_CLIENT_KEY, Keyword.SCRAM_SERVER_KEY,
            Keyword.OAUTH_ISSUER, Keyword.OAUTH_CLIENT_ID, Keyword.OAUTH_CLIENT_SECRET, Keyword.OAUTH_SCOPE);

    private Unsupported() {}

    static void refuse(Given given) throws ConninfoException {
        for (Keyword keyword : NEVER) {
            if (given.nonEmpty(keyword).isPresent()) {
                throw unsupported(keyword, switch (keyword) {
                    case REQUIREPEER -> "the owner of a server's socket is not checked";
                    case REQUIRE_AUTH -> "the server chooses how passwords are checked";
                    case SSLPASSWORD -> "the key must not be encrypted; protect its file instead";
                    case SSLCRLDIR -> "name a file with sslcrl instead";
                    case SSLKEYLOGFILE -> "keys of connections are not written anywhere";
                    case SCRAM_CLIENT_KEY, SCRAM_SERVER_KEY -> "give a password instead";
                    default -> "there is no login with OAuth";
                });
            }
        }
        words(given, Keyword.CHANNEL_BINDING, List.of("disable", "prefer"), "require");
        words(given, Keyword.GSSENCMODE, List.of("disable", "prefer"), "require");
        words(given, Keyword.SSLNEGOTIATION, List.of("postgres"), "direct");
        words(given, Keyword.SSLCERTMODE, List.of("disable", "allow"), "require");
        words(given, Keyword.SSLSNI, List.of("", "1"), "0");
        words(given, Keyword.MIN_PROTOCOL_VERSION, List.of("", "3.0"), "3.2", "latest");
        words(given, Keyword.MAX_PROTOCOL_VERSION, List.of("", "3.0", "3.2", "latest"));
        words(given, Keyword.REPLICATION, List.of("", "false", "off", "no", "0"), "true", "on", "yes", "1", "database");
        encoding(given);
    }

    private static void words(Given given, Keyword keyword, List<String> can, String... cannot)
            throws ConninfoException {
        Optional<String> value = given.get(keyword);
        if (value.isPresent() && !can.contains(value.get())) {
            if (List.of(cannot).contains(value.get())) {
                throw new ConninfoException(keyword.text + " value \"" + value.get() + "\" is not supported");
            }
            Choice.check(keyword, value.get(), can.stream().filter(word -> !word.isEmpty()).toList());
        }
    }

    /** Strings of scripts are UTF-8 wherever a database is concerned. */
    private static void encoding(Given given) throws ConninfoException {
        String encoding = given.get(Keyword.CLIENT_ENCODING).orElse("");
        String letters = encoding.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        if (!List.of("", "auto", "utf8", "unicode").contains(letters)) {
            throw new ConninfoException(
                    "client_encoding value \"" + encoding + "\" is not supported: texts are always UTF8");
        }
    }

    private static ConninfoException unsupported(Keyword keyword, String why) {
        return new ConninfoException("connection option \"" + keyword.text + "\" is not supported: " + why);
    }
}
