package dev.myproxy.lua.lib;

import dev.myproxy.address.Address;
import dev.myproxy.control.AllowedSenders;
import dev.myproxy.control.SenderRule;
import dev.myproxy.control.SenderRules;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaError;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.TrustedProxies;
import dev.myproxy.script.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The listener option {@code proxy_protocol = {trusted = {'10.0.0.0/8', '::1', 'unix'}}}. */
public final class ProxyProtocolOption {

    /** Its keys. */
    public static final OptionSet KEYS = new OptionSet("ProxyProtocol", "trusted");

    static final String NAME = "proxy_protocol";

    private static final String EXAMPLE = "{trusted = {'10.0.0.0/8', '::1', 'unix'}}";
    private static final String ANY_PROCESS = "unix";

    private final LuaArgs args;
    private final int number;

    private ProxyProtocolOption(LuaArgs args, int number) {
        this.args = args;
        this.number = number;
    }

    /**
     * Reads it.
     *
     * @param number of the argument that the options are
     * @param where  where to listen, which the rules must suit; the addresses of inherited sockets are not known
     * @return empty if it is not set
     */
    static Optional<TrustedProxies> read(LuaArgs args, int number, Options options, Where where) {
        ProxyProtocolOption option = new ProxyProtocolOption(args, number);
        return switch (options.get(NAME)) {
            case LuaValue.Nil _ -> Optional.empty();
            case LuaTable table -> Optional.of(option.read(table, where));
            default -> throw option.bad("expected a table such as " + EXAMPLE);
        };
    }

    private TrustedProxies read(LuaTable table, Where where) {
        for (LuaTable.Entry entry : table.entries()) {
            String key = LuaNumbers.asString(entry.key()).map(ByteString::utf8).orElse("");
            if (!KEYS.names().contains(key)) {
                throw bad("unknown key \"" + key + "\"" + KEYS.hint(key));
            }
        }
        if (!(table.get(LuaValue.of("trusted")) instanceof LuaTable list)) {
            throw bad("expected a list of the proxies that are trusted, such as " + EXAMPLE);
        }
        AllowedSenders senders = new AllowedSenders(rules(list));
        if (where instanceof Where.At(Address address)) {
            requireSense(senders, address);
        }
        return new TrustedProxies(senders);
    }

    private List<SenderRule> rules(LuaTable list) {
        List<SenderRule> rules = new ArrayList<>();
        for (int i = 1; i <= list.length(); i++) {
            rules.add(rule(list.get(LuaValue.of((double) i))));
        }
        if (rules.isEmpty() || rules.size() != list.entries().size()) {
            throw bad("expected a list of the proxies that are trusted, such as " + EXAMPLE);
        }
        return rules;
    }

    private SenderRule rule(LuaValue value) {
        String text = value instanceof LuaValue.Str(ByteString string) ? string.utf8() : "";
        try {
            return text.equals(ANY_PROCESS) ? new SenderRule.AnyProcess() : SenderRules.parse(text);
        } catch (IllegalArgumentException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    private void requireSense(AllowedSenders senders, Address address) {
        boolean unix = !(address instanceof Address.Inet);
        if (senders.amongProcesses(unix).isEmpty()) {
            throw bad("nobody is trusted at " + address + ": it names no "
                    + (unix ? "processes, such as 'unix'" : "hosts, such as '127.0.0.1' or '10.0.0.0/8'"));
        }
    }

    private LuaError bad(String message) {
        return args.bad(number, "Bad '" + NAME + "' value: " + message);
    }
}
