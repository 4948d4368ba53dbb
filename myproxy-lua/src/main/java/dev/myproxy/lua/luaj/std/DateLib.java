package dev.myproxy.lua.luaj.std;

import dev.myproxy.lua.luaj.vm.Args;
import dev.myproxy.lua.luaj.vm.Machine;
import dev.myproxy.lua.luaj.vm.NumberScan;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.luaj.vm2.LuaDouble;
import org.luaj.vm2.LuaInteger;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** {@code os.time} and {@code os.date}. */
final class DateLib {

    private static final int NOON = 12;

    private DateLib() {}

    static Library addTo(Library library) {
        return library.add("time", DateLib::time).add("date", DateLib::date);
    }

    private static Varargs time(Machine machine, Varargs args) {
        if (args.arg1().isnil()) {
            return LuaDouble.valueOf((double) Instant.now().getEpochSecond());
        }
        LuaTable table = Args.table(machine, args, 1);
        int day = field(machine, table, "day");
        int month = field(machine, table, "month");
        int year = field(machine, table, "year");
        try {
            LocalDateTime time = LocalDateTime.of(year, 1, 1, 0, 0).plusMonths(month - 1L).plusDays(day - 1L)
                    .plusHours(field(table, "hour", NOON)).plusMinutes(field(table, "min", 0))
                    .plusSeconds(field(table, "sec", 0));
            ZonedDateTime zoned = time.atZone(ZoneId.systemDefault());
            boolean summer = ZoneId.systemDefault().getRules().isDaylightSavings(zoned.toInstant());
            LuaValue wanted = table.rawget("isdst");
            long shift = wanted.isboolean() && wanted.toboolean() && !summer ? -3600 : 0;
            return LuaDouble.valueOf((double) (zoned.toEpochSecond() + shift));
        } catch (DateTimeException e) {
            return LuaValue.NIL;
        }
    }

    private static int field(Machine machine, LuaTable table, String name) {
        LuaValue value = NumberScan.toNumber(table.rawget(name));
        if (value.isnil()) {
            throw machine.error("field '" + name + "' missing in date table");
        }
        return value.toint();
    }

    private static int field(LuaTable table, String name, int otherwise) {
        LuaValue value = NumberScan.toNumber(table.rawget(name));
        return value.isnil() ? otherwise : value.toint();
    }

    private static Varargs date(Machine machine, Varargs args) {
        String format = Args.string(machine, args, 1, LuaString.valueOf("%c")).tojstring();
        double seconds = Args.number(machine, args, 2, (double) Instant.now().getEpochSecond());
        boolean universal = format.startsWith("!");
        ZonedDateTime time;
        try {
            time = Instant.ofEpochSecond((long) seconds).atZone(universal ? ZoneOffset.UTC : ZoneId.systemDefault());
        } catch (DateTimeException e) {
            return LuaValue.NIL;
        }
        String pattern = universal ? format.substring(1) : format;
        return pattern.startsWith("*t") ? table(time) : LuaString.valueOf(DateFormat.format(pattern, time));
    }

    private static LuaTable table(ZonedDateTime time) {
        boolean summer = time.getZone().getRules().isDaylightSavings(time.toInstant());
        return new Library().set("sec", LuaInteger.valueOf(time.getSecond()))
                .set("min", LuaInteger.valueOf(time.getMinute())).set("hour", LuaInteger.valueOf(time.getHour()))
                .set("day", LuaInteger.valueOf(time.getDayOfMonth()))
                .set("month", LuaInteger.valueOf(time.getMonthValue())).set("year", LuaInteger.valueOf(time.getYear()))
                .set("wday", LuaInteger.valueOf(time.getDayOfWeek().getValue() % 7 + 1))
                .set("yday", LuaInteger.valueOf(time.getDayOfYear())).set("isdst", LuaValue.valueOf(summer)).table();
    }
}
