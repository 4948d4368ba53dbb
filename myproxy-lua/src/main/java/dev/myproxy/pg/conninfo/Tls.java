package dev.myproxy.pg.conninfo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The options that begin with {@code ssl}, and the files that libpq looks for in {@code ~/.postgresql}. */
final class Tls {

    /** As versions are ordered; the last two are the ones that Java still speaks. */
    private static final List<String> VERSIONS = List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3");

    private static final List<String> SPOKEN = VERSIONS.subList(2, 4);

    private final Given given;
    private final Path directory;
    private final List<String> warnings;

    private Tls(Given given, Path directory, List<String> warnings) {
        this.given = given;
        this.directory = directory;
        this.warnings = warnings;
    }

    /**
     * Reads the options, and looks whether the files are there.
     *
     * @param used false if no connection can be encrypted, because all go to Unix sockets: then no file needs to be there
     */
    static TlsSettings read(Given given, Surroundings surroundings, boolean used, List<String> warnings)
            throws ConninfoException {
        Tls tls = new Tls(given, surroundings.home().resolve(".postgresql"), warnings);
        boolean system = given.get(Keyword.SSLROOTCERT).filter("system"::equals).isPresent();
        TlsMode mode = Choice.read(given, Keyword.SSLMODE, TlsMode.values(),
                system ? TlsMode.VERIFY_FULL : TlsMode.PREFER);
        SortedSet<String> protocols = tls.protocols();
        if (system && mode != TlsMode.VERIFY_FULL) {
            throw new ConninfoException("weak sslmode \"" + given.get(Keyword.SSLMODE).orElse("")
                    + "\" may not be used with sslrootcert=system (use \"verify-full\")");
        }
        if (!used || mode == TlsMode.DISABLE) {
            return new TlsSettings(TlsMode.DISABLE, new TlsTrust.Anyone(), Optional.empty(), Optional.empty(),
                    protocols);
        }
        TlsTrust trust = system ? new TlsTrust.Machine() : tls.trust(mode);
        boolean implied = mode == TlsMode.REQUIRE && trust instanceof TlsTrust.Roots;
        return new TlsSettings(implied ? TlsMode.VERIFY_CA : mode, trust, tls.certificate(),
                tls.file(Keyword.SSLCRL, "root.crl"), protocols);
    }

    private TlsTrust trust(TlsMode mode) throws ConninfoException {
        Path file = path(Keyword.SSLROOTCERT, "root.crt");
        if (Files.exists(file)) {
            return new TlsTrust.Roots(file);
        }
        String missing = "root certificate file \"" + file + "\" does not exist";
        if (mode.verifies()) {
            throw new ConninfoException(missing + ": either provide the file, use the system's trusted roots with "
                    + "sslrootcert=system, or change sslmode to disable server certificate verification");
        }
        if (given.nonEmpty(Keyword.SSLROOTCERT).isPresent()) {
            warnings.add(missing + ": the server's certificate is not verified");
        }
        return new TlsTrust.Anyone();
    }

    private Optional<TlsSettings.Certificate> certificate() throws ConninfoException {
        if (given.get(Keyword.SSLCERTMODE).filter("disable"::equals).isPresent()) {
            return Optional.empty();
        }
        Optional<Path> chain = file(Keyword.SSLCERT, "postgresql.crt");
        if (chain.isEmpty()) {
            return Optional.empty();
        }
        Path key = path(Keyword.SSLKEY, "postgresql.key");
        if (!Files.isRegularFile(key)) {
            throw new ConninfoException("certificate present, but not private key file \"" + key + "\"");
        }
        try {
            if (!FileMode.of(key).goodForKey()) {
                throw new ConninfoException("private key file \"" + key
                        + "\" has group or world access; file must have "
                        + "permissions u=rw (0600) or less if owned by the current user, or permissions u=rw,g=r (0640) "
                        + "or less if owned by root");
            }
        } catch (IOException e) {
            throw new ConninfoException("could not read private key file \"" + key + "\": " + FileMode.reason(e));
        }
        return Optional.of(new TlsSettings.Certificate(chain.get(), key));
    }

    /** A file that is there. */
    private Optional<Path> file(Keyword keyword, String name) {
        Path file = path(keyword, name);
        if (Files.exists(file)) {
            return Optional.of(file);
        }
        if (given.nonEmpty(keyword).isPresent()) {
            warnings.add(keyword.text + " file \"" + file + "\" does not exist");
        }
        return Optional.empty();
    }

    private Path path(Keyword keyword, String name) {
        return given.nonEmpty(keyword).map(Path::of).orElse(directory.resolve(name));
    }

    private SortedSet<String> protocols() throws ConninfoException {
        int least = version(Keyword.SSL_MIN_PROTOCOL_VERSION, VERSIONS.indexOf("TLSv1.2"));
        int most = version(Keyword.SSL_MAX_PROTOCOL_VERSION, VERSIONS.size() - 1);
        if (least > most) {
            throw new ConninfoException("invalid SSL protocol version range");
        }
        SortedSet<String> protocols = new TreeSet<>(VERSIONS.subList(least, most + 1));
        protocols.retainAll(SPOKEN);
        if (protocols.isEmpty()) {
            throw new ConninfoException("ssl_max_protocol_version value \"" + VERSIONS.get(most)
                    + "\" is not supported: only " + String.join(" and ", SPOKEN) + " are");
        }
        return protocols;
    }

    private int version(Keyword keyword, int otherwise) throws ConninfoException {
        Optional<String> value = given.nonEmpty(keyword);
        if (value.isEmpty()) {
            return otherwise;
        }
        for (int i = 0; i < VERSIONS.size(); i++) {
            if (VERSIONS.get(i).equalsIgnoreCase(value.get())) {
                return i;
            }
        }
        throw new ConninfoException("invalid " + keyword.text + " value: \"" + value.get() + "\" (can be "
                + String.join(", ", VERSIONS) + ")");
    }
}
