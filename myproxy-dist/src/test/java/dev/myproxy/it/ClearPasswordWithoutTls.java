package dev.myproxy.it;

import com.mysql.cj.protocol.a.authentication.MysqlClearPasswordPlugin;

/** For MySQL Connector/J, which sends passwords in clear only within TLS unless it is told that it may. */
public final class ClearPasswordWithoutTls extends MysqlClearPasswordPlugin {

    @Override
    public boolean requiresConfidentiality() {
        return false;
    }
}
