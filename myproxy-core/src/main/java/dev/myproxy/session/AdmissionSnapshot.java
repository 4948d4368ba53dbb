package dev.myproxy.session;

import dev.myproxy.script.ClientLimits;

/**
 * How many clients there are, and may be.
 *
 * @param limits      that the script has set
 * @param connections clients that are let in
 * @param logins      those of them that have not logged in yet
 * @param accounts    how many accounts have sessions
 * @param refused     how many clients were refused because of these limits
 */
public record AdmissionSnapshot(ClientLimits limits, int connections, int logins, int accounts, long refused) {}
