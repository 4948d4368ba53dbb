package dev.myproxy.lua.lib;

import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.tls.ClientCertificate;
import dev.myproxy.tls.IdentityFiles;
import dev.myproxy.tls.TlsOffer;
import dev.myproxy.tls.TlsOptions;
import dev.myproxy.tls.TlsVersion;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The option {@code tls} of a listener: true, false, or a table. What is in the files is looked at when it is bound. */
public final class ListenTlsOptions {

    /** Its keys. */
    public static final OptionSet KEYS = new OptionSet("ListenTlsOptions", "ca", "certificate", "client_certificate",
            "key",
            "required", "versions");

    private ListenTlsOptions() {}

    /** @param certified whether the client's certificate is all that it proves itself by: nobody comes in without one then */
    static TlsOffer read(Options listener, String key, boolean certified) {
        if (certified && !(listener.get(key) instanceof LuaTable)) {
            throw listener.bad(key, "a table with 'ca', since 'auth' is 'certificate'");
        }
        return switch (listener.get(key)) {
            case LuaValue.Nil _ -> TlsOffer.USUAL;
            case LuaValue.Bool(boolean wanted) -> wanted ? TlsOffer.USUAL : TlsOffer.NONE;
            case LuaTable _ -> new TlsOffer.Wanted(table(listener.options(key, KEYS), certified));
            default -> throw listener.bad(key, "true, false or a table");
        };
    }

    private static TlsOptions table(Options options, boolean certified) {
        Optional<Path> authorities = FileOption.read(options, "ca");
        ClientCertificate wish = clientCertificate(options, certified
                ? ClientCertificate.REQUIRED
                : authorities.isPresent() ? ClientCertificate.OPTIONAL : ClientCertificate.NONE);
        if (certified && wish != ClientCertificate.REQUIRED) {
            throw options.bad("client_certificate", "'required', since 'auth' is 'certificate'");
        }
        if (wish == ClientCertificate.NONE && authorities.isPresent()) {
            throw options.bad("client_certificate", "'optional' or 'required', since 'ca' is set");
        }
        if (wish != ClientCertificate.NONE && authorities.isEmpty()) {
            throw options.bad("ca", "the path of a file with those who sign clients' certificates");
        }
        if (certified && !options.flag("required", true)) {
            throw options.bad("required", "true, since 'auth' is 'certificate'");
        }
        return new TlsOptions(files(options), authorities, options.flag("required", certified), wish,
                versions(options));
    }

    private static ClientCertificate clientCertificate(Options options, ClientCertificate usual) {
        return options.string("client_certificate").map(text -> ClientCertificate.of(text.utf8())
                .orElseThrow(() -> options.bad("client_certificate", "'none', 'optional' or 'required'")))
                .orElse(usual);
    }

    /** The key may be in the certificate's file. */
    private static Optional<IdentityFiles> files(Options options) {
        Optional<Path> certificate = FileOption.read(options, "certificate");
        Optional<Path> key = FileOption.read(options, "key");
        if (key.isPresent() && certificate.isEmpty()) {
            throw options.bad("certificate", "the path of a file, since 'key' is set");
        }
        return certificate.map(file -> new IdentityFiles(file, key.orElse(file)));
    }

    private static Set<TlsVersion> versions(Options options) {
        Set<TlsVersion> versions = EnumSet.noneOf(TlsVersion.class);
        if (options.get("versions") instanceof LuaValue.Nil) {
            return EnumSet.allOf(TlsVersion.class);
        }
        options.table("versions").orElseThrow().entries()
                .forEach(entry -> versions.add(LuaNumbers.asString(entry.value()).map(ByteString::utf8)
                        .flatMap(TlsVersion::of).orElseThrow(() -> badVersions(options))));
        if (versions.isEmpty()) {
            throw badVersions(options);
        }
        return versions;
    }

    private static LuaError badVersions(Options options) {
        return options.bad("versions", "a table of 'TLSv1.2' and 'TLSv1.3', or of one of them");
    }
}
