package dev.myproxy.dist;

import dev.myproxy.address.Address;
import dev.myproxy.inherit.InheritedSockets;
import dev.myproxy.script.Where;
import java.nio.file.Path;
import java.util.List;

/**
 * Where listeners can be.
 *
 * @param base      directory that relative socket paths start from
 * @param inherited what the daemon was started with
 */
record Places(Path base, InheritedSockets inherited) {

    /** The addresses that a listener will have; none if there is no such socket. */
    List<Address> addresses(Where where) {
        return switch (where) {
            case Where.At(Address address) -> List.of(address);
            case Where.Systemd(var name) -> inherited.addresses(name);
        };
    }
}
