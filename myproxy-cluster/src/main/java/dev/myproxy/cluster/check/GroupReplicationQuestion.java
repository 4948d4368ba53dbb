package dev.myproxy.cluster.check;

import dev.myproxy.cluster.NodeState;
import dev.myproxy.protocol.ByteString;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the server is an online member of a replication group that has a majority, and whether it is one that takes
 * writes.
 * <a href="https://dev.mysql.com/doc/refman/8.4/en/performance-schema-replication-group-members-table.html">Members</a>
 *
 * @param role the expression for a member's role: MySQL 5.7 has no column for it
 */
record GroupReplicationQuestion(String role) implements Question {

    private static final int UNKNOWN_COLUMN = 1054;
    private static final String COLUMN = "MEMBER_ROLE";
    private static final String BY_STATUS = "IF((SELECT VARIABLE_VALUE FROM performance_schema.global_status"
            + " WHERE VARIABLE_NAME = 'group_replication_primary_member') IN ('', MEMBER_ID), 'PRIMARY', 'SECONDARY')";
    private static final String OWN = "1";
    private static final Set<String> WORKING = Set.of("ONLINE", "RECOVERING");

    static GroupReplicationQuestion first() {
        return new GroupReplicationQuestion(COLUMN);
    }

    @Override
    public String name() {
        return "the query for the members of the replication group";
    }

    @Override
    public ByteString statement() {
        return ByteString.of("SELECT MEMBER_ID = @@global.server_uuid, MEMBER_STATE, " + role
                + " FROM performance_schema.replication_group_members");
    }

    @Override
    public Step judge(Answer.Rows answer, NodeState soFar) {
        List<Member> members = answer.rows().stream().filter(row -> row.size() == 3).map(Member::of).toList();
        Optional<Member> own = members.stream().filter(Member::own).findFirst();
        if (own.isEmpty()) {
            return Finding.dead("not a member of a replication group");
        }
        Member member = own.get();
        if (!member.state.equals("ONLINE")) {
            return Finding.dead("member of the replication group is " + member.state);
        }
        long lost = members.stream().filter(each -> !WORKING.contains(each.state)).count();
        if (2 * lost >= members.size()) {
            return Finding.dead("replication group has no majority: " + lost + " of " + members.size()
                    + " members are lost");
        }
        return switch (member.role) {
            case "PRIMARY" -> Finding.OK;
            case "SECONDARY" -> Finding.of(NodeState.READ_ONLY, ReadOnlyQuestion.READ_ONLY);
            default -> Finding.dead("member of the replication group has the role \"" + member.role + '"');
        };
    }

    @Override
    public Step judge(Answer.Refused answer) {
        return answer.error().code() == UNKNOWN_COLUMN && role.equals(COLUMN)
                ? new GroupReplicationQuestion(BY_STATUS)
                : Question.super.judge(answer);
    }

    private record Member(boolean own, String state, String role) {

        static Member of(List<Optional<ByteString>> row) {
            return new Member(text(row.get(0)).equals(OWN), text(row.get(1)), text(row.get(2)));
        }

        private static String text(Optional<ByteString> value) {
            return value.map(Texts::line).orElse("");
        }
    }
}
