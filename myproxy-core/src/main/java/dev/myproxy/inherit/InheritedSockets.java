package dev.myproxy.inherit;

import dev.myproxy.address.Address;
import dev.myproxy.inherit.InheritedSocket.Use;
import dev.myproxy.posix.Descriptors;
import dev.myproxy.posix.Environment;
import dev.myproxy.posix.ErrnoException;
import dev.myproxy.posix.SocketFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The sockets that this process was started with, and who has taken them. Thread-safe. */
public final class InheritedSockets {

    private static final int FIRST = 3;

    private final List<InheritedSocket> all;
    private final Optional<String> problem;
    private final Set<InheritedSocket> taken = new HashSet<>();
    private Set<InheritedSocket> before = Set.of();

    /** @param problem why there are none although somebody seems to have meant to pass some */
    InheritedSockets(List<InheritedSocket> all, Optional<String> problem) {
        this.all = List.copyOf(all);
        this.problem = problem;
    }

    /** None at all. */
    public static InheritedSockets none() {
        return new InheritedSockets(List.of(), Optional.empty());
    }

    /**
     * Those of this process. Programs that it starts from now on get neither the descriptors nor the variables. To be called
     * once, while the process starts.
     */
    public static InheritedSockets ofProcess() throws ErrnoException {
        Map<String, String> environment = System.getenv();
        if (ListenVariables.ALL.stream().noneMatch(environment::containsKey)) {
            return none();
        }
        ListenVariables variables = ListenVariables.read(environment, ProcessHandle.current().pid());
        Environment.remove(ListenVariables.ALL);
        return of(FIRST, variables);
    }

    /** @param first number of the first descriptor */
    static InheritedSockets of(int first, ListenVariables variables) throws ErrnoException {
        List<InheritedSocket> sockets = new ArrayList<>();
        for (String name : variables.names()) {
            int descriptor = first + sockets.size();
            Optional<SocketFacts> facts = SocketFacts.of(descriptor);
            if (facts.isPresent()) {
                Descriptors.closeOnExec(descriptor);
            }
            sockets.add(new InheritedSocket(descriptor, name, facts));
        }
        return new InheritedSockets(sockets, variables.problem());
    }

    /**
     * Takes sockets that nobody has taken yet: all of them, or none if one of them is not fit.
     *
     * @param name takes only those of this name; empty for all
     * @param use  what they are to be good for
     * @return at least one
     * @throws IOException {@code No systemd socket}, with the name and the reason if there is one, or what is wrong with which
     */
    public synchronized List<InheritedSocket> take(Optional<String> name, Use use) throws IOException {
        List<InheritedSocket> wanted = wanted(name);
        if (wanted.isEmpty()) {
            throw new IOException("No systemd socket" + name.map(given -> " \"" + given + "\"").orElse("") + why(name));
        }
        for (InheritedSocket socket : wanted) {
            if (!socket.use().equals(Optional.of(use))) {
                throw new IOException("systemd's " + socket + " is " + socket.kind() + ", but " + use + " is needed"
                        + (name.isEmpty() && all.size() > 1
                                ? "; take sockets of different kinds by their names: systemd('NAME')"
                                : ""));
            }
        }
        taken.addAll(wanted);
        return wanted;
    }

    /** A configuration is about to be loaded: it may take sockets again that its predecessor has. */
    public synchronized void begin() {
        before = Set.copyOf(taken);
        taken.clear();
    }

    /** The configuration does not come into force: its predecessor still has what it had. */
    public synchronized void rollback() {
        taken.clear();
        taken.addAll(before);
    }

    /** Where the sockets are bound that would be taken. */
    public synchronized List<Address> addresses(Optional<String> name) {
        return wanted(name).stream().filter(socket -> socket.use().isPresent()).map(InheritedSocket::address).toList();
    }

    /** Those that nobody has taken. */
    public synchronized List<InheritedSocket> left() {
        return wanted(Optional.empty());
    }

    private List<InheritedSocket> wanted(Optional<String> name) {
        return all.stream().filter(socket -> !taken.contains(socket))
                .filter(socket -> name.isEmpty() || name.get().equals(socket.name())).toList();
    }

    private String why(Optional<String> name) {
        if (problem.isPresent()) {
            return ": " + problem.get();
        }
        if (name.isEmpty()) {
            return "";
        }
        if (all.stream().anyMatch(socket -> socket.name().equals(name.get()))) {
            return ": another listener has taken it; name the sockets of each, or take all only after those with names";
        }
        return all.isEmpty()
                ? ""
                : ": there is " + all.stream().map(socket -> "\"" + socket.name() + "\"").distinct()
                        .collect(Collectors.joining(", "));
    }
}
