package dev.myproxy.it.same;

import java.util.List;
import java.util.Set;

/**
 * What a client does, and where that makes sense.
 *
 * @param name    of its file, or what else tells where it comes from
 * @param servers the kinds of servers that it is played to
 * @param once    whether it takes too long to be played in every way
 * @param unhandled whether it makes no sense where a Lua script looks at statements
 * @param steps   the first one connects
 */
record Script(String name, Set<Server.Kind> servers, boolean once, boolean unhandled, List<Step> steps) {

    @Override
    public String toString() {
        return name;
    }
}
