package dev.myproxy.lua.lib.cluster;

import dev.myproxy.address.Address;
import dev.myproxy.address.AddressException;
import dev.myproxy.address.AddressParser;
import dev.myproxy.address.ParsedAddress;
import dev.myproxy.address.Purpose;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.AddressObject;
import dev.myproxy.protocol.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads how scripts name the nodes of clusters. */
final class NodeAddress {

    /** MySQL's, for texts that name none. */
    private static final int DEFAULT_PORT = 3306;

    /** How many nodes an error lists. */
    private static final int MOST_LISTED = 10;

    private NodeAddress() {}

    /**
     * The address: an object, or a string in the same forms as for {@code client:connect}.
     *
     * @return empty for a value of any other type
     * @throws LuaError if a string is no address; a host name is none, since it may stand for several servers and for others
     *                  tomorrow
     */
    static Optional<Address> of(LuaValue value) {
        return value instanceof AddressObject object
                ? Optional.of(object.address())
                : LuaNumbers.asString(value).map(NodeAddress::parse);
    }

    private static Address parse(ByteString text) {
        try {
            return switch (AddressParser.parse(text, DEFAULT_PORT, Purpose.CONNECT)) {
                case ParsedAddress.Known(Address address) -> address;
                case ParsedAddress.Named name -> throw AddressException.unresolved(name.host(), name.service(),
                        "Name or service not known; use mysql_resolve for host names");
            };
        } catch (AddressException e) {
            throw LuaError.of(e);
        }
    }

    /** The text of an error about an address that is not one of the nodes. */
    static String unknown(Address address, List<Address> nodes) {
        String some = nodes.stream().limit(MOST_LISTED).map(Address::toString).collect(Collectors.joining(", "));
        int others = nodes.size() - MOST_LISTED;
        return address + " is no node of the cluster, which has " + some
                + (others > 0 ? " and " + others + " more" : "");
    }
}
