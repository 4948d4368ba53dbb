package dev.myproxy.dist;

import dev.myproxy.address.Address;
import dev.myproxy.control.ControlOptions;
import dev.myproxy.script.AdminOptions;
import dev.myproxy.script.Handlers;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Listeners that bind nothing, for {@code --check}: they find only what is wrong in any case. */
final class CheckedListeners implements Listeners {

    private final Set<Address> bound = new HashSet<>();
    private final Set<Address> boundForDatagrams = new HashSet<>();
    private int clients;

    @Override
    public void bind(Address address, Handlers handlers) throws IOException {
        bindMetrics(address);
        clients++;
    }

    @Override
    public void bindMetrics(Address address) throws IOException {
        if (!bound.add(address)) {
            throw inUse(address);
        }
    }

    /** UDP has ports of its own, which several sockets may share if they join groups; files of sockets are all alike. */
    @Override
    public void bindControl(Address address, ControlOptions options) throws IOException {
        Set<Address> others = address instanceof Address.UnixPath ? bound : boundForDatagrams;
        if (!others.add(address) && options.multicastGroup().isEmpty()) {
            throw inUse(address);
        }
    }

    private static IOException inUse(Address address) {
        return new IOException("Failed to bind to " + address + ": Address already in use");
    }

    @Override
    public void bindAdmin(Address address, AdminOptions options) throws IOException {
        AdminListeners.requireSafety(address, options);
        bindMetrics(address);
    }

    @Override
    public int count() {
        return clients;
    }

    @Override
    public void accept() {
        throw new IllegalStateException("a check does not accept clients");
    }

    @Override
    public Future<?> close() {
        return Future.succeededFuture();
    }
}
