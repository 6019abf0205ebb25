// Loaded into the server before anything else. Without it a launcher that is killed outright would leave a server behind that holds
// the port and the database.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
