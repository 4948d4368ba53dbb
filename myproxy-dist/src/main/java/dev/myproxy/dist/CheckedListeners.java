package dev.myproxy.dist;

import io.netty.util.concurrent.EventExecutor;
import java.util.Collection;
import dev.myproxy.script.RehearsedSockets;
import dev.myproxy.script.Where;
import dev.myproxy.address.Address;
import dev.myproxy.control.ControlOptions;
import dev.myproxy.script.AdminOptions;
import dev.myproxy.script.ClientLimits;
import dev.myproxy.script.Handlers;
import dev.myproxy.session.DrainProgress;
import dev.myproxy.tls.TlsListeners;
import dev.myproxy.tls.TlsOffer;
import dev.myproxy.tls.TlsOptions;
import io.vertx.core.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Listeners that bind nothing, for {@code --check}: they find only what is wrong in any case. */
final class CheckedListeners implements Listeners {

    private final Set<Address> bound = new HashSet<>();
    private final Set<Address> boundForDatagrams = new HashSet<>();
    private final RehearsedSockets inherited = new RehearsedSockets();
    private int clients;

    @Override
    public void bind(Where where, Handlers handlers) throws IOException {
        if (handlers.options().tls() instanceof TlsOffer.Wanted(TlsOptions options)) {
            TlsListeners.check(options);
        }
        bindMetrics(where);
        clients++;
    }

    @Override
    public void bindMetrics(Where where) throws IOException {
        switch (where) {
            case Where.Systemd sockets -> inherited.take(sockets);
            case Where.At(Address address) -> add(bound, address);
        }
    }

    /** UDP has ports of its own, which several sockets may share if they join groups; files of sockets are all alike. */
    @Override
    public void bindControl(Where where, ControlOptions options) throws IOException {
        switch (where) {
            case Where.Systemd sockets -> inherited.take(sockets);
            case Where.At(Address address) when address instanceof Address.UnixPath -> add(bound, address);
            case Where.At(Address address) when options.multicastGroup().isEmpty() -> add(boundForDatagrams, address);
            case Where.At(Address address) -> boundForDatagrams.add(address);
        }
    }

    private static void add(Set<Address> bound, Address address) throws IOException {
        if (!bound.add(address)) {
            throw new IOException("Failed to bind to " + address + ": Address already in use");
        }
    }

    @Override
    public void bindAdmin(Where where, AdminOptions options) throws IOException {
        if (where instanceof Where.At(Address address)) {
            AdminListeners.requireSafety(address, options);
        }
        bindMetrics(where);
    }

    @Override
    public int count() {
        return clients;
    }

    @Override
    public int sessions() {
        return 0;
    }

    @Override
    public Collection<EventExecutor> eventLoops() {
        return List.of();
    }

    @Override
    public List<String> unused() {
        return List.of();
    }

    @Override
    public void begin() {
        throw new IllegalStateException("a check loads nothing again");
    }

    @Override
    public Future<?> rollback() {
        return Future.succeededFuture();
    }

    @Override
    public void prepare() {
        throw new IllegalStateException("a check has no clients to get ready for");
    }

    @Override
    public void accept() {
        throw new IllegalStateException("a check does not accept clients");
    }

    @Override
    public void refreshCertificates() {
        // a check looks at them once
    }

    @Override
    public void limit(ClientLimits limits) {
        // a check has no clients
    }

    @Override
    public void shutdownTimeout(Duration limit) {
        // a check has no sessions
    }

    @Override
    public Future<?> drain(boolean atOnce) {
        return Future.succeededFuture();
    }

    @Override
    public Optional<DrainProgress> progress() {
        return Optional.empty();
    }

    @Override
    public Future<?> close() {
        return Future.succeededFuture();
    }
}
