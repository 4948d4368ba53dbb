package dev.myproxy.packaging;

import java.util.List;

/**
 * A kind of machine that packages are built for, and how the libraries call their native parts for it.
 *
 * @param debian  Debian's name of the architecture
 * @param natives names of entries of jars, as their ends
 */
record Platform(String debian, List<String> natives) {

    private static final Platform AMD64 = new Platform("amd64", List.of("/libluajit64.so", "/linux64/libsodium.so",
            "/com/sun/jna/linux-x86-64/libjnidispatch.so", "/libnetty_transport_native_epoll_x86_64.so",
            "/libnetty_transport_native_io_uring42_x86_64.so"));
    private static final Platform ARM64 = new Platform("arm64", List.of("/libluajitarm64.so", "/arm64/libsodium.so",
            "/com/sun/jna/linux-aarch64/libjnidispatch.so", "/libnetty_transport_native_epoll_aarch_64.so",
            "/libnetty_transport_native_io_uring42_aarch_64.so"));

    /**
     * The platform of Java's name of an architecture, as in the property {@code os.arch}.
     *
     * @throws IllegalArgumentException if some library has no native part for it
     */
    static Platform of(String architecture) {
        return switch (architecture) {
            case "amd64" -> AMD64;
            case "aarch64" -> ARM64;
            default -> throw new IllegalArgumentException(
                    "Packages can be built on amd64 and aarch64; this is " + architecture);
        };
    }

    /** Whether this entry of a jar is a native library, of whatever platform. */
    static boolean isNative(String entry) {
        return entry.endsWith(".so") || entry.endsWith(".dll") || entry.endsWith(".dylib") || entry.endsWith(".jnilib")
                || entry.endsWith("/libjnidispatch.a");
    }

    /** Whether this entry of a jar is a native library of this platform. */
    boolean has(String entry) {
        return natives.stream().anyMatch(("/" + entry)::endsWith);
    }
}
