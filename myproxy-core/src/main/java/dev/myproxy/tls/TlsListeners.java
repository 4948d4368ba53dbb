package dev.myproxy.tls;

import java.lang.ref.WeakReference;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What all listeners of the daemon shake hands with their clients by. It knows those that somebody else still has; a certificate
 * of our own making is the same for all of them. Safe to use from every thread.
 */
public final class TlsListeners {

    private final List<WeakReference<ListenerTls>> made = new CopyOnWriteArrayList<>();
    private Optional<Identity> selfSigned = Optional.empty();
    private Optional<ListenerTls> usual = Optional.empty();

    /**
     * What a listener with these options uses. Blocks as long as the file system does.
     *
     * @throws TlsException if there are files that can't be used
     */
    public ListenerTls of(TlsOptions options) throws TlsException {
        ListenerTls tls = new ListenerTls(options, new IdentitySource(options, this::selfSigned));
        made.add(new WeakReference<>(tls));
        return tls;
    }

    /** What listeners without options use, always the same. */
    public synchronized ListenerTls usual() {
        if (usual.isEmpty()) {
            try {
                usual = Optional.of(of(TlsOptions.SELF_SIGNED));
            } catch (TlsException e) {
                throw new IllegalStateException("there are no files", e);
            }
        }
        return usual.get();
    }

    /**
     * Finds out whether files can be used; nothing else is done.
     *
     * @throws TlsException if they can't
     */
    public static void check(TlsOptions options) throws TlsException {
        var _ = new IdentitySource(options, () -> {
            throw new IllegalStateException("not needed");
        }).first();
    }

    private synchronized Identity selfSigned() throws TlsException {
        if (selfSigned.isEmpty()) {
            selfSigned = Optional.of(SelfSigned.make());
        }
        return selfSigned.get();
    }

    /**
     * Reads all files again that have changed. Blocks as long as the file system does.
     *
     * @param asked whether somebody wants to know at once about files that can't be used
     */
    public void refresh(boolean asked) {
        made.removeIf(reference -> reference.get() == null);
        made.stream().map(WeakReference::get).filter(Objects::nonNull).forEach(tls -> tls.refresh(asked));
    }

    /** The certificates that clients are shown, by the names of their files or {@code self-signed}. */
    public SortedMap<String, X509Certificate> certificates() {
        SortedMap<String, X509Certificate> shown = new TreeMap<>();
        made.stream().map(WeakReference::get).filter(Objects::nonNull)
                .forEach(tls -> tls.certificate().ifPresent(certificate -> shown.put(tls.name(), certificate)));
        return shown;
    }
}
