# servers
