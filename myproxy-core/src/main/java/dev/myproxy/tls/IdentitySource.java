package dev.myproxy.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Where a listener's certificate comes from. Files are compared by what is in them, whatever their times say. For one thread at a
 * time.
 */
final class IdentitySource {

    /**
     * What was read at once.
     *
     * @param authorities who signs clients' certificates
     */
    record Credentials(Identity identity, List<X509Certificate> authorities) {}

    private final TlsOptions options;
    private final Callable<Identity> selfSigned;
    /** The states of the files that were read last, seen last, and found useless for the first time and for good. */
    private String taken = "";
    private String seen = "";
    private String failed = "";
    private String reported = "";

    /** @param selfSigned makes a certificate, or gives the one that was made already */
    IdentitySource(TlsOptions options, Callable<Identity> selfSigned) {
        this.options = options;
        this.selfSigned = selfSigned;
    }

    /** The name of the file with the certificate. */
    String name() {
        return options.files().map(files -> files.certificate().toString()).orElse("self-signed");
    }

    /** What is in the files; empty if there are none. */
    Optional<Credentials> first() throws TlsException {
        return options.files().isPresent() ? changed() : Optional.empty();
    }

    /** With a certificate of our own making. */
    Credentials make() throws TlsException {
        try {
            taken = state();
            return new Credentials(selfSigned.call(), authorities());
        } catch (TlsException e) {
            throw e;
        } catch (Exception e) {
            throw new TlsException("Failed to make a certificate: " + e.getMessage(), e);
        }
    }

    private List<X509Certificate> authorities() throws TlsException {
        return options.authorities().isPresent() ? Pem.certificates(options.authorities().get()) : List.of();
    }

    /** What is in the files, if that has changed. */
    Optional<Credentials> changed() throws TlsException {
        String now = state();
        if (now.equals(taken) || now.equals(reported)) {
            return Optional.empty();
        }
        seen = now;
        if (options.files().isEmpty()) {
            return Optional.of(make());
        }
        Credentials read = new Credentials(options.files().get().read(), authorities());
        taken = now;
        return Optional.of(read);
    }

    /**
     * Whether to say that files can't be used: not the first time, because they may be replaced one after the other at this
     * moment; once if they stay so.
     *
     * @param asked whether somebody wants to know at once
     */
    boolean isToBeReported(boolean asked) {
        boolean stays = asked || seen.equals(failed);
        failed = seen;
        if (stays) {
            reported = seen;
        }
        return stays;
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        options.files().ifPresent(identity -> {
            files.add(identity.certificate());
            files.add(identity.key());
        });
        options.authorities().ifPresent(files::add);
        return files;
    }

    /** A hash of what is in the files; of why they can't be read, where they can't. */
    private String state() {
        MessageDigest digest = sha256();
        for (Path file : files()) {
            try {
                byte[] bytes = Files.readAllBytes(file);
                digest.update(Integer.toString(bytes.length).getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            } catch (IOException e) {
                digest.update(Pem.reason(e).getBytes(StandardCharsets.UTF_8));
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
