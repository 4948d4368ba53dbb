query_attributes one first two second
SELECT mysql_query_attribute_string('one'), mysql_query_attribute_string('two');
SELECT mysql_query_attribute_string('one'), mysql_query_attribute_string('two');
-- Attributes are part of the next statement only.
