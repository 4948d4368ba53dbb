# Perl's DBI with DBD::mysql. Arguments: path of a Unix socket, user, password.
use strict;
use warnings;
use utf8;
use DBI;
use Digest::MD5;

my ($socket, $user, $password) = @ARGV;
binmode STDOUT, ':utf8';
$| = 1;

my $dsn = "DBI:mysql:database=programs;mysql_socket=$socket;mysql_server_prepare=1";
my %options = (RaiseError => 1, PrintError => 0, mysql_enable_utf8mb4 => 1, mysql_server_prepare => 1);

sub show {
    print join('|', map { defined $_ ? $_ : 'NULL' } @_), "\n";
}

sub fails {
    my ($what) = @_;
    if (eval { $what->(); 1 }) {
        print "no error\n";
    } else {
        print 'error ', $DBI::err, ' ', $DBI::state, "\n";
    }
}

fails(sub { DBI->connect($dsn, $user, 'wrong', {%options}) });
my $db = DBI->connect($dsn, $user, $password, {%options});

show(@$_) for @{$db->selectall_arrayref("SELECT 'text', CURRENT_USER(), DATABASE(), '', NULL, 'ä€😀', 1.5")};

$db->do('DROP TABLE IF EXISTS dbd');
$db->do('CREATE TABLE dbd (id INT PRIMARY KEY, v VARCHAR(100)) CHARACTER SET utf8mb4');
my $insert = $db->prepare('INSERT INTO dbd VALUES (?, ?)');
$insert->execute($_, "prepared $_ 😀") for 1 .. 3;
fails(sub { $insert->execute(1, 'again') });
my $select = $db->prepare('SELECT id, v, id / 2, NULL FROM dbd WHERE id > ? ORDER BY id');
$select->execute(1);
while (my @row = $select->fetchrow_array) {
    show(@row);
}

my ($length, $digest) = (0, Digest::MD5->new);
my $large = $db->prepare("SELECT n, REPEAT('large ', 20000) FROM numbers WHERE n <= 60", {mysql_use_result => 1, mysql_server_prepare => 0});
$large->execute;
while (my @row = $large->fetchrow_array) {
    $length += length $row[1];
    $digest->add($row[0] . $row[1]);
}
print "large $length ", $digest->hexdigest, "\n";

fails(sub { $db->selectall_arrayref('SELECT * FROM nowhere') });
show($db->selectrow_array("SELECT 'still here'"));

$db->begin_work;
$db->do("INSERT INTO dbd VALUES (4, 'rolled back')");
$db->rollback;
print 'after rollback ', $db->selectrow_array('SELECT COUNT(*) FROM dbd'), "\n";
$db->begin_work;
$db->do("INSERT INTO dbd VALUES (5, 'committed')");
$db->commit;
print 'after commit ', $db->selectrow_array('SELECT COUNT(*) FROM dbd'), "\n";

my $several = $db->prepare('CALL two_results()', {mysql_server_prepare => 0});
$several->execute;
do {
    while ($several->{NUM_OF_FIELDS} and my @row = $several->fetchrow_array) {
        show(@row);
    }
} while ($several->more_results);

print $db->ping ? "ping\n" : "no ping\n";
$db->disconnect;
print "done\n";
