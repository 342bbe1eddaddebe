// They share one graph, because its start takes longer than most of them. The second deletes what others read, and the third begins the
// feed of Denmark again.
import './changing-graph/versions.js';
import './changing-graph/across-borders.js';
import './changing-graph/syncing.js';
