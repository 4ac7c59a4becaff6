<?php
// For the tests' WordPress: no mail leaves, and a comment in a hurry is no flood
// unless a test says so (the option dear_flood); nor is the REST interface shut
// (dear_shut).
function wp_mail()
{
	return true;
}
add_filter('pre_http_request', function () {
	return new WP_Error('blocked', 'the tests go nowhere');
});
add_filter('wp_is_comment_flood', function ($flood) {
	return get_option('dear_flood') ? $flood : false;
}, 20);
add_filter('rest_authentication_errors', function ($result) {
	return get_option('dear_shut') ? new WP_Error('rest_cannot_access', 'Members only.',
		['status' => 401]) : $result;
});
