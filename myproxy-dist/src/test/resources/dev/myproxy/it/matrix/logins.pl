# Logs in by Perl's DBI; the file and what is printed are as logins.sh says. Arguments: the file, "mysql" or "MariaDB" for
# the driver, its options for TLS.
use strict;
use warnings;
use DBI;

my ($plan, $driver, $tls) = @ARGV;
my $prefix = lc $driver;
$| = 1;

sub unescape {
    my ($text) = @_;
    $text =~ s/\\x(..)/chr hex $1/ge;
    return $text;
}

open my $lines, '<', $plan or die $!;
while (my $line = <$lines>) {
    chomp $line;
    my ($number, $way, $place, $user, $password) = split /\t/, $line, -1;
    my ($host, $port) = split /:/, $place;
    my $dsn = $way eq 'unix' ? "DBI:$driver:${prefix}_socket=$place" : "DBI:$driver:host=$host;port=$port";
    $dsn .= ";$tls" if $way eq 'tls';
    my $db = DBI->connect($dsn, unescape($user), unescape($password), {RaiseError => 0, PrintError => 0});
    my ($code, $said) = $db ? ('in', $db->selectrow_array('SELECT CURRENT_USER()')) : ($DBI::err, $DBI::errstr);
    $said =~ s/\s+/ /g;
    print "$number\t$code\t$said\n";
    $db->disconnect if $db;
}
