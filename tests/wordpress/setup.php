<?php
// Makes the site: its columnist, its article with the sample thread, and who
// may post. Prints what the tests must know as lines of a shell script.
$folder = getenv('SITE_FOLDER') . '/www/';
$db = mysqli_connect(null, 'root', '', null, 0, getenv('SITE_SOCKET'));
$db->query('CREATE DATABASE wordpress CHARACTER SET utf8mb4');
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = parse_url(getenv('SITE'), PHP_URL_HOST) . ':' . parse_url(getenv('SITE'), PHP_URL_PORT);
require $folder . 'wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
ob_start();
wp_install('Kitchen table', 'boss', 'boss@kitchentable.example', true, '', 'boss');
ob_end_clean();
update_option('permalink_structure', '/%year%/%postname%/');
update_option('timezone_string', 'America/New_York');
update_option('thread_comments_depth', 3);
update_option('page_comments', 0);
update_option('comment_previously_approved', 0);
switch_theme('twentytwentyone');

$users = ['second' => 'author', 'maren' => 'editor', 'novice' => 'contributor'];
foreach ($users as $login => $role) {
	$id = wp_insert_user(['user_login' => $login, 'user_pass' => $login, 'role' => $role,
		'display_name' => $login === 'maren' ? 'Maren Holt' : ucfirst($login),
		'user_email' => "$login@kitchentable.example"]);
	[$word] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'dear']);
	printf("%s_ID=%d %s_PASSWORD='%s'\n", strtoupper($login), $id, strtoupper($login), $word);
}
$maren = get_user_by('login', 'maren')->ID;

// Stored as the editor's browser stores it, which is not how it is shown.
$post = wp_insert_post(wp_slash(['import_id' => 212, 'post_author' => $maren,
	'post_title' => "The letter to your ex: it's yours &amp; you decide",
	'post_name' => 'the-letter-to-your-ex', 'post_status' => 'publish',
	'post_date' => '2026-02-12 09:00:00', 'comment_status' => 'open',
	'post_content' => '<p>You have been dumped, and there is a letter in you.</p>']));
$closed = wp_insert_post(['import_id' => 213, 'post_author' => $maren, 'post_title' => 'Silence',
	'post_name' => 'silence', 'post_status' => 'publish', 'comment_status' => 'open',
	'post_content' => '<p>What to do with it.</p>']);

function put($id, $post, $parent, $author, $name, $date, $gmt, $text, $approved = '1')
{
	global $wpdb;
	$wpdb->insert($wpdb->comments, ['comment_ID' => $id, 'comment_post_ID' => $post,
		'comment_parent' => $parent, 'user_id' => $author, 'comment_author' => $name,
		'comment_author_email' => strtolower(preg_replace('/\W/', '', $name)) . '@example.org',
		'comment_author_IP' => '192.0.2.7', 'comment_date' => str_replace('T', ' ', $date),
		'comment_date_gmt' => str_replace('T', ' ', $gmt), 'comment_content' => $text,
		'comment_approved' => $approved, 'comment_type' => 'comment']);
}

foreach (json_decode(file_get_contents($argv[1])) as $c) {
	$text = preg_replace(['~</p>\s*<p>~', '~<br ?/?>~', '~</?p>~'], ["\n\n", '', ''],
		$c->content->rendered);
	put($c->id, $post, $c->parent, $c->author ? $maren : 0, $c->author_name, $c->date,
		$c->date_gmt, trim($text));
}
put(1900, $post, 0, 0, 'Hold', '2026-03-01T10:00:00', '2026-03-01T15:00:00',
	'She left me after two years. Should I write her a letter, or wait?', '0');
put(1901, $post, 0, 0, 'Trash', '2026-03-01T11:00:00', '2026-03-01T16:00:00',
	'He left me after two years. Should I write him a letter, or wait?', 'trash');
put(2001, $closed, 0, 0, 'Wren', '2026-03-01T12:00:00', '2026-03-01T17:00:00',
	'He left me after six years and I want him back. Should I write him a letter, or wait?');
wp_update_comment_count_now($post);
wp_update_comment_count_now($closed);
flush_rewrite_rules();
printf("POST_URL='%s' CLOSED_URL='%s'\n", get_permalink($post), get_permalink($closed));
