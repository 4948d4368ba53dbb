package dev.myproxy.control.listen;

import dev.myproxy.address.Address;
import dev.myproxy.control.AllowedSenders;
import dev.myproxy.control.ControlCommand;
import dev.myproxy.control.ReceivedCommand;
import dev.myproxy.control.ReceivedDatagram;
import dev.myproxy.control.Sender;
import dev.myproxy.posix.MessageReceiver;
import dev.myproxy.protocol.ByteString;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of a datagram: only those of allowed senders are looked at, and a bad one does nothing at all. Lives on
 * the event loop of its listener.
 */
final class Reception implements MessageReceiver {

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final Address address;
    private volatile AllowedSenders allowed;
    private final AccountSessions sessions;
    private final ControlMeters meters;
    private final LongSupplier nanoTime;
    private final Seldom seldom = new Seldom();

    /**
     * @param address  of the listener, for the log
     * @param nanoTime a clock such as System.nanoTime()
     */
    Reception(Address address, AllowedSenders allowed, AccountSessions sessions, ControlMeters meters,
            LongSupplier nanoTime) {
        this.address = address;
        this.allowed = allowed;
        this.sessions = sessions;
        this.meters = meters;
        this.nanoTime = nanoTime;
    }

    /** Names those whose commands count from now on; for every thread. */
    void allow(AllowedSenders changed) {
        allowed = changed;
    }

    @Override
    public void fromProcess(byte[] bytes, int pid, int uid, int gid) {
        received(bytes, new Sender.LocalProcess(pid, Integer.toUnsignedLong(uid), Integer.toUnsignedLong(gid)));
    }

    @Override
    public void fromHost(byte[] bytes, InetAddress host) {
        received(bytes, new Sender.Host(host));
    }

    private void received(byte[] bytes, Sender sender) {
        if (!allowed.permits(sender)) {
            refuse(sender);
            return;
        }
        switch (ReceivedDatagram.read(bytes)) {
            case ReceivedDatagram.Commands(List<ReceivedCommand> commands) -> {
                meters.good();
                execute(commands, sender);
            }
            case ReceivedDatagram.Malformed(ReceivedDatagram.Defect defect, String text) -> {
                meters.malformed(defect);
                seldom.again(defect, nanoTime.getAsLong()).ifPresent(
                        end -> LOG.warn("Ignored a control datagram of {} at {}: {}{}", sender, address, text, end));
            }
        }
    }

    private void refuse(Sender sender) {
        meters.refused(sender);
        Object who = sender instanceof Sender.LocalProcess process ? process.uid() : sender;
        seldom.once(who).ifPresent(end -> LOG.warn(
                "Refused a control datagram of {} at {}: only {} may send here{}", sender, address, allowed, end));
    }

    private void execute(List<ReceivedCommand> commands, Sender sender) {
        Set<ByteString> accounts = new LinkedHashSet<>();
        for (ReceivedCommand received : commands) {
            Optional<ControlCommand> command = received.command();
            meters.received(command);
            if (command.filter(ControlCommand.DISCONNECT_DATABASE::equals).isPresent()
                    && !received.payload().isEmpty()) {
                accounts.add(received.payload());
            }
        }
        for (ByteString account : accounts) {
            LOG.debug("{} disconnects account {} by way of {}", sender, account, address);
            sessions.disconnect(account).onSuccess(meters::disconnected)
                    .onFailure(e -> LOG.error("Sessions of account {} can't be disconnected", account, e));
        }
    }
}
