package dev.myproxy.pg.conninfo;

import dev.myproxy.auth.Secret;

/**
 * One of the servers of a connection string.
 *
 * @param endpoint where to connect to
 * @param name the host as written: what a certificate must be made out to. For Unix sockets the directory
 * @param password from the connection string, the environment or the password file; empty if there is none
 */
public record HostSettings(HostEndpoint endpoint, String name, Secret password) {}
