package dev.myproxy.lua.lib.admin;

import dev.myproxy.address.Address;
import dev.myproxy.control.SenderRule;
import dev.myproxy.lua.LuaArgs;
import dev.myproxy.lua.LuaNumbers;
import dev.myproxy.lua.LuaTable;
import dev.myproxy.lua.LuaValue;
import dev.myproxy.lua.lib.OptionSet;
import dev.myproxy.lua.lib.Options;
import dev.myproxy.lua.lib.control.AllowOption;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.AdminOptions;
import dev.myproxy.script.Where;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The second argument of {@code admin_listen}. */
final class AdminListenOptions {

    static final OptionSet KEYS = new OptionSet("AdminListenOptions", "allow", "hosts", "mode");

    private static final String MODE = "mode";
    private static final String HOSTS = "hosts";

    /** The mode where rules decide. */
    private static final int FOR_ALL = 0666;

    private AdminListenOptions() {}

    /**
     * Reads an argument, which may be missing.
     *
     * @param where where to listen, which the options must suit
     */
    static AdminOptions read(LuaArgs args, int number, Where where) {
        Options options = KEYS.read(args, number);
        Optional<List<SenderRule>> allow = AllowOption.read(args, number, options, where);
        int usual = allow.isPresent() ? FOR_ALL : AdminOptions.DEFAULT.mode();
        return new AdminOptions(mode(args, number, options, where, usual), allow, hosts(options));
    }

    private static int mode(LuaArgs args, int number, Options options, Where where, int usual) {
        if (options.get(MODE) instanceof LuaValue.Nil) {
            return usual;
        }
        if (where instanceof Where.Systemd) {
            throw args.bad(number, "'mode' is of no use for sockets of systemd, whose unit says it: SocketMode=");
        }
        if (!(where instanceof Where.At(Address.UnixPath _))) {
            throw args.bad(number, "'mode' is of use for Unix sockets in the file system only");
        }
        // not a number: Lua has no octal ones, and 0660 in a script is something else than it looks
        if (options.get(MODE) instanceof LuaValue.Str text) {
            String digits = text.bytes().utf8();
            if (digits.matches("0?[0-7]{3}")) {
                return Integer.parseInt(digits, 8);
            }
        }
        throw options.bad(MODE, "octal digits in a string, such as '0660'");
    }

    private static Set<String> hosts(Options options) {
        Optional<LuaTable> table = options.table(HOSTS);
        Set<String> hosts = new LinkedHashSet<>();
        if (table.isPresent()) {
            for (int i = 1; i <= table.get().length(); i++) {
                hosts.add(LuaNumbers.asString(table.get().get(LuaValue.of((double) i))).map(ByteString::utf8)
                        .filter(name -> name.matches("[A-Za-z0-9._-]{1,253}"))
                        .orElseThrow(() -> options.bad(HOSTS, "names of hosts, without ports")));
            }
            if (table.get().length() != table.get().entries().size()) {
                throw options.bad(HOSTS, "a list of names of hosts, such as {'db1.example.com'}");
            }
        }
        return hosts;
    }
}
