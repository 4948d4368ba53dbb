/**
 * KILL with the ids of our greetings: whose sessions are, where they are, and what there is to do where the killer's own
 * connection can't do it.
 *
 * <p>An id of ours means nothing to a server. So the session that has it is looked up, its {@link dev.myproxy.session.kill.Owner}
 * must be that of the killer, and the id that the server gave the session's connection takes its place:
 *
 * <pre>
 * the session is at…                   what happens
 * the killer's own server              the command goes there through the killer's connection, with that id
 * another server                       a {@link dev.myproxy.session.kill.KillErrand} logs in there with the killer's credentials
 * none: it logs in, or waits           it ends; there is nothing for KILL QUERY to do
 * </pre>
 *
 * <p>Credentials are wiped when a login is over. They are kept for a few seconds more
 * ({@link dev.myproxy.session.kill.KeptLogin}) only where {@link dev.myproxy.session.kill.Residences} knows sessions of the same
 * owner at other servers, because drivers and command-line clients make a new connection for each KILL.
 *
 * <p>Knows nothing of sessions themselves. May use {@code backend}, {@code auth}, {@code metrics}, {@code transport},
 * {@code script}, {@code address} and {@code protocol}.
 */
@NullMarked
package dev.myproxy.session.kill;

import org.jspecify.annotations.NullMarked;
