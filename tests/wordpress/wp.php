<?php
// Stands in for wp-cli, which Debian does not have: the few commands that the
// script of `dear export --format wp-cli` gives, on the real WordPress, each by
// the function that wp-cli calls for it.
$words = $given = [];
foreach (array_slice($argv, 1) as $word) {
	if (preg_match('/^--([^=]+)(?:=(.*))?$/s', $word, $m)) {
		$given[$m[1]] = $m[2] ?? true;
	} else {
		$words[] = $word;
	}
}
$_SERVER['HTTP_HOST'] = parse_url(getenv('SITE'), PHP_URL_HOST);
require getenv('SITE_FOLDER') . '/www/wp-load.php';

function stop($what)
{
	fwrite(STDERR, "Error: $what\n");
	exit(1);
}

switch ("$words[0] $words[1]") {
case 'post get':
	echo get_post($words[2])->{$given['field']}, "\n";
	break;
case 'user get':
	$user = is_numeric($words[2]) ? get_user_by('id', $words[2]) : get_user_by('login', $words[2]);
	echo $user->{$given['field']}, "\n";
	break;
case 'comment get':
	$comment = get_comment($words[2]) ?: stop('Could not find the comment');
	echo $comment->{$given['field']}, "\n";
	break;
case 'comment list':
	unset($given['format']);
	echo implode(' ', wp_list_pluck(get_comments($given), 'comment_ID')), "\n";
	break;
case 'comment create':
	unset($given['porcelain']);
	echo wp_insert_comment(wp_slash($given)), "\n";
	break;
case 'comment trash': // not of the script: of the tests
	wp_trash_comment($words[2]);
	break;
case 'post close':
	wp_update_post(['ID' => $words[2], 'comment_status' => 'closed']);
	break;
case 'option set':
	update_option($words[2], $words[3]);
	break;
case 'wxr export':
	require ABSPATH . 'wp-admin/includes/export.php';
	export_wp(['content' => 'post']);
	break;
case 'wxr import':
	define('WP_LOAD_IMPORTERS', true);
	require_once ABSPATH . 'wp-admin/includes/admin.php';
	require getenv('DEAR_WP_IMPORTER') . '/wordpress-importer.php';
	wp_set_current_user(1);
	$import = $GLOBALS['wp_import'] ?? new WP_Import();
	// As the form of its second step would map the author to the columnist.
	$_POST['imported_authors'] = [0 => $given['author']];
	$_POST['user_map'] = [0 => $given['to']];
	$import->import($words[2]);
	break;
default:
	stop('unknown: ' . implode(' ', $words));
}
