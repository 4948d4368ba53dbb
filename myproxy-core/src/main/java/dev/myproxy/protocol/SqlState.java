package dev.myproxy.protocol;

/**
 * The SQLSTATE that servers send with an error code.
 *
 * <p><a href="https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html">Server error messages</a>
 */
public final class SqlState {

    private SqlState() {}

    /** The SQLSTATE of a code; {@code HY000} for codes that have none of their own, and for those not known here. */
    public static String of(int code) {
        return switch (code) {
            case 1022, 1062, 1169, 1216, 1217, 1451, 1452 -> "23000";
            case 1040, 1251 -> "08004";
            case 1042, 1043, 1047, 1053, 1080, 1081, 1152, 1153, 1154, 1155, 1156, 1157, 1158, 1159, 1160, 1161, 1184,
                    1189, 1190, 1218 ->
                "08S01";
            case 1044, 1049, 1064, 1065, 1066, 1102, 1103, 1104, 1140, 1141, 1142, 1143, 1148, 1203, 1211, 1226, 1227,
                    1235, 1305 ->
                "42000";
            case 1045, 1698 -> "28000";
            case 1046 -> "3D000";
            case 1050 -> "42S01";
            case 1051, 1109, 1146 -> "42S02";
            case 1054 -> "42S22";
            case 1213 -> "40001";
            case 1317 -> "70100";
            case 1792 -> "25006";
            default -> "HY000";
        };
    }
}
