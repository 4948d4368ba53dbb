package dev.myproxy.lua.lib.control;

import dev.myproxy.address.Address;
import dev.myproxy.address.AddressException;
import dev.myproxy.address.AddressParser;
import dev.myproxy.address.Purpose;
import dev.myproxy.control.ControlOptions;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.lib.OptionSet;
import dev.myproxy.lua.lib.Options;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Where;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/** The second argument of {@code control_listen}. */
final class ControlListenOptions {

    static final OptionSet KEYS = new OptionSet("ControlListenOptions", "allow", "interface", "multicast_group");

    private static final String INTERFACE = "interface";
    private static final String GROUP = "multicast_group";

    /** IFNAMSIZ, without the NUL at the end. */
    private static final int LONGEST_INTERFACE = 15;

    private final LuaArgs args;
    private final int number;
    private final Options options;
    private final Where where;

    private ControlListenOptions(LuaArgs args, int number, Where where) {
        this.args = args;
        this.number = number;
        this.options = KEYS.read(args, number);
        this.where = where;
    }

    /**
     * Reads an argument, which may be missing.
     *
     * @param where where to listen, which the options must suit
     */
    static ControlOptions read(LuaArgs args, int number, Where where) {
        ControlListenOptions given = new ControlListenOptions(args, number, where);
        return new ControlOptions(given.group(), given.networkInterface(),
                AllowOption.read(args, number, given.options, where));
    }

    private Optional<InetAddress> group() {
        Optional<ByteString> text = options.string(GROUP);
        text.ifPresent(_ -> requireIp(GROUP));
        return text.map(this::group);
    }

    private InetAddress group(ByteString text) {
        String expected = "a multicast address, such as \"239.0.0.1\" or \"ff02::1%eth0\"";
        try {
            Address group = AddressParser.parseNumeric(text, 0, Purpose.CONNECT);
            if (!(group instanceof Address.Inet(var socket)) || !socket.getAddress().isMulticastAddress()
                    || socket.getPort() != 0) {
                throw options.bad(GROUP, expected);
            }
            if (socket.getAddress() instanceof Inet6Address && !(ip() instanceof Inet6Address)) {
                throw options.bad(GROUP, "an IPv4 address, since the listener has one");
            }
            return socket.getAddress();
        } catch (AddressException e) {
            throw args.bad(number, "Bad '" + GROUP + "' value: " + e.getMessage() + "; expected " + expected);
        }
    }

    private Optional<String> networkInterface() {
        Optional<String> name = options.string(INTERFACE).map(ByteString::utf8);
        if (name.isPresent()) {
            requireIp(INTERFACE);
            if (name.get().isEmpty() || name.get().indexOf('\0') >= 0
                    || ByteString.of(name.get()).length() > LONGEST_INTERFACE) {
                throw options.bad(INTERFACE, "the name of a network interface, such as \"eth0\"");
            }
        }
        return name;
    }

    private InetAddress ip() {
        if (where instanceof Where.At(Address.Inet(var socket))) {
            return socket.getAddress();
        }
        throw new IllegalStateException("not an IP address: " + where);
    }

    private void requireIp(String option) {
        if (where instanceof Where.Systemd) {
            throw args.bad(number, "'" + option + "' is of no use for sockets of systemd, whose unit says such things");
        }
        if (!(where instanceof Where.At(Address.Inet _))) {
            throw args.bad(number, "'" + option + "' is of no use for Unix sockets");
        }
    }
}
