package dev.myproxy.lua.lib.control;

import dev.myproxy.address.Address;
import dev.myproxy.control.AllowedSenders;
import dev.myproxy.control.SenderRule;
import dev.myproxy.control.SenderRules;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.Options;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The option {@code allow} of listeners that don't take everybody. */
public final class AllowOption {

    private static final String ALLOW = "allow";

    private AllowOption() {}

    /**
     * Reads it.
     *
     * @param number  of the argument that the options are
     * @param where where to listen, which the rules must suit; the addresses of inherited sockets are not known
     * @return empty if it is not set
     */
    public static Optional<List<SenderRule>> read(LuaArgs args, int number, Options options, Where where) {
        Optional<LuaTable> table = options.table(ALLOW);
        if (table.isEmpty()) {
            return Optional.empty();
        }
        List<SenderRule> rules = new ArrayList<>();
        for (int i = 1; i <= table.get().length(); i++) {
            rules.add(rule(args, number, options, table.get().get(LuaValue.of((double) i))));
        }
        if (rules.size() != table.get().entries().size()) {
            throw options.bad(ALLOW, "a list of senders, such as {" + SenderRules.EXAMPLES + "}");
        }
        if (where instanceof Where.At(Address address)) {
            requireSense(args, number, rules, address);
        }
        return Optional.of(rules);
    }

    private static void requireSense(LuaArgs args, int number, List<SenderRule> rules, Address address) {
        boolean unix = !(address instanceof Address.Inet);
        if (new AllowedSenders(rules).amongProcesses(unix).isEmpty()) {
            throw args.bad(number, "'allow' lets nobody send to " + address + ": it names no "
                    + (unix ? "processes, such as 'unix:uid=0'" : "hosts, such as '127.0.0.1' or '10.0.0.0/8'"));
        }
    }

    private static SenderRule rule(LuaArgs args, int number, Options options, LuaValue value) {
        String text = LuaNumbers.asString(value).map(ByteString::utf8)
                .orElseThrow(() -> options.bad(ALLOW, "strings in the list, such as " + SenderRules.EXAMPLES));
        try {
            return SenderRules.parse(text);
        } catch (IllegalArgumentException e) {
            throw args.bad(number, "Bad 'allow' value: " + e.getMessage());
        }
    }
}
